"""``manage.py backup`` and ``manage.py restore``: what an operator reads."""

import pytest
from django.core.management import CommandError, call_command

from tests.factories import a_finished_video
from videos.models import User


def test_a_backup_is_made_tried_and_restored(transactional_db, settings, tmp_path, capsys):
    settings.DATA_DIR = tmp_path
    owner = a_finished_video().owner
    folder = str(tmp_path / "backups")

    call_command("backup", folder, "--dry-run")
    assert "copy 2 files" in capsys.readouterr().out
    call_command("backup", folder)
    output = capsys.readouterr().out
    assert "is complete after" in output
    assert "Files: 2 (" in output
    assert "SECRET_KEY is in it" in output

    call_command("restore", folder, "--dry-run")
    assert "All of it is whole. Nothing was changed." in capsys.readouterr().out
    User.objects.filter(pk=owner.pk).update(email="changed@example.com")
    call_command("restore", folder, "--force")
    assert "Restored in" in capsys.readouterr().out
    assert User.objects.get(pk=owner.pk).email == owner.email


def test_the_word_about_the_key_is_clear(transactional_db, tmp_path, capsys):
    call_command("backup", str(tmp_path / "backups"), "--without-secret-key")
    assert "SECRET_KEY is not in it. Keep it elsewhere" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "arguments", "sentence"),
    [
        ("backup", ["--keep", "-1"], "--keep must be 0 or more"),
        ("restore", [], "There is no complete backup"),
    ],
)
def test_bad_input_is_a_sentence(db, tmp_path, command, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command(command, str(tmp_path), *arguments)
