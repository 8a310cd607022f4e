"""What killed processes left on a machine; tests/housekeeping/test_chores.py has the rules."""

import os
import time

import pytest

from videos.media import leftovers

pytestmark = pytest.mark.django_db


def test_they_are_counted(settings, tmp_path):
    settings.SCRATCH_DIR = settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    (tmp_path / "lost").mkdir()
    (tmp_path / "half.upload.mp3").touch()
    for path in tmp_path.iterdir():
        os.utime(path, (0, time.time() - leftovers.MIN_AGE - 1))
    (tmp_path / "new").mkdir()
    assert leftovers.remove_leftovers() == 2
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
