"""The modes of what the data folder holds."""

from pathlib import Path

import pytest

from videos.media.permissions import is_media_reachable, set_modes


@pytest.fixture
def data(settings, tmp_path) -> Path:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    (tmp_path / "media" / "films").mkdir(parents=True)
    (tmp_path / "scratch").mkdir()
    (tmp_path / "secret-key").write_text("x")
    return tmp_path


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_all_is_private_and_the_group_may_read_the_media(data):
    set_modes()
    assert mode(data / "secret-key") == 0o600
    assert mode(data / "scratch") == 0o700
    assert mode(data) == 0o710
    assert mode(data / "media") == mode(data / "media" / "films") == 0o750


def test_media_that_no_group_may_enter_are_noticed(data):
    (data / "media").chmod(0o700)
    assert not is_media_reachable()
