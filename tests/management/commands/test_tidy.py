"""``manage.py tidy``."""

import pytest
from django.core.management import CommandError, call_command

from videos.housekeeping import CHORES

pytestmark = pytest.mark.django_db


def test_it_says_what_each_chore_would_do(capsys):
    call_command("tidy", "--dry-run")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(CHORES)
    assert "Old webhooks: would delete 0" in lines


def test_some_chores_are_run(capsys):
    call_command("tidy", "sessions", "orphans")
    assert capsys.readouterr().out.count("deleted 0") == 2


def test_a_chore_that_is_none_is_a_sentence():
    with pytest.raises(CommandError, match="dishes is none of webhooks"):
        call_command("tidy", "dishes")
