"""The command that makes the pictures of what is there already."""

import pytest
from django.core.management import call_command

from tests.factories import a_finished_video, a_playable_track
from videos.models import RateLimitSlot

pytestmark = pytest.mark.django_db


def test_it_makes_all_that_are_missing_and_says_how_many(capsys):
    a_finished_video()
    a_playable_track()
    call_command("make_pictures", limit=1)
    assert "1 films and 0 covers" in (text := capsys.readouterr().out)
    assert "1 are left" in text
    call_command("make_pictures")
    assert capsys.readouterr().out == "Made the pictures of 0 films and 1 covers.\n"


def test_it_leaves_them_to_a_worker_that_is_at_it(capsys):
    a_finished_video()
    RateLimitSlot.objects.acquire_lane("pictures", 1, 60)
    call_command("make_pictures")
    assert "0 films and 0 covers.\n1 are left" in capsys.readouterr().out
