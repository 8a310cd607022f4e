"""What killed processes left on a machine; tests/housekeeping/test_chores.py has the rules."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from videos.media import leftovers
from videos.render.sandbox.child_process import SCRATCH_PREFIX, scratch_folder

pytestmark = pytest.mark.django_db


def test_they_are_counted(settings, tmp_path):
    settings.SCRATCH_DIR = settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    (tmp_path / "lost").mkdir()
    (tmp_path / "half.upload.mp3").touch()
    make_old(tmp_path)
    (tmp_path / "new").mkdir()
    assert leftovers.remove_leftovers() == 2
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def make_old(folder):
    for path in folder.iterdir():
        os.utime(path, (0, time.time() - leftovers.MIN_AGE - 1))


def test_scratch_folders_of_children_go_with_the_process_that_made_them(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen(["true"]) as ended, scratch_folder() as in_use:
        ended.wait()
        lost = tmp_path / f"{SCRATCH_PREFIX}{ended.pid}-x"
        lost.mkdir()
        (tmp_path / f"{SCRATCH_PREFIX}of-another-program").mkdir()
        make_old(tmp_path)
        assert list(leftovers.leftovers()) == [lost]
        assert Path(in_use).exists()


def test_half_messages_of_the_queue_go(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    queue = tmp_path / "queue"
    queue.mkdir()
    for name in ("1_a.work.msg", "2_b.work.msg.part"):
        (queue / name).touch()
    make_old(queue)
    assert leftovers.remove_leftovers() == 1
    assert [path.name for path in queue.iterdir()] == ["1_a.work.msg"]
