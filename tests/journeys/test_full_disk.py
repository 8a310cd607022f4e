"""A disk with room for a little, not for a film: a real one, of a few megabytes."""

import subprocess
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import media_files
from tests.factories import a_playable_track, a_user, a_video
from tests.pairwise import at_night
from videos import pipeline
from videos.models import Video
from videos.statuses import DelayReason, VideoStatus

pytestmark = pytest.mark.django_db(transaction=True)
BLOCK = 64 * 1024


@pytest.fixture
def disk(tmp_path: Path):
    """Give an empty file system of 3 MB; its content is removed with it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=3m,mode=0700", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip("Mounting a small file system needs root.")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path, free: int) -> Path:
    """Fill ``folder``'s file system until about ``free`` bytes are left."""
    filler = folder / "filler"
    with filler.open("wb") as file:
        try:
            while file.write(bytes(BLOCK)):
                file.flush()
        except OSError:
            pass
    with filler.open("r+b") as file:
        file.truncate(filler.stat().st_size - free)
    return filler


def work(video: Video) -> Video:
    Video.objects.filter(pk=video.pk).update(due_at="2020-01-01T00:00:00Z")
    pipeline.advance(video.pk)
    return Video.objects.get(pk=video.pk)


@pytest.mark.parametrize("where", ["media", *at_night(["scratch"])])
@pytest.mark.parametrize(
    ("free", "times"),
    [
        (BLOCK + 4096, 4),
        pytest.param(100_000, 1, marks=pytest.mark.nightly),
        pytest.param(130_000, 1, marks=pytest.mark.nightly),
    ],
)
def test_a_film_waits_for_room_and_its_song_is_not_to_blame(disk, settings, where, free, times):
    """Also where it waits more often than a song that crashes is attempted."""
    video = a_video(track=a_playable_track())
    folder = disk / where
    folder.mkdir()
    if where == "scratch":
        settings.SCRATCH_DIR = folder
    else:  # the song lies on the disk, too
        settings.MEDIA_ROOT = folder
        video = a_video(track=a_playable_track())
    filler = fill(disk, free)
    for _ in range(times):
        video = work(video)
        assert (video.status, video.delay_reason) == (VideoStatus.PENDING, DelayReason.STORAGE)
        assert video.crashed_claims == 0
    assert [path.name for path in folder.rglob("*.mp4")] == []
    filler.unlink()
    assert work(video).is_ready


def test_an_upload_that_finds_no_room_says_so_and_leaves_nothing(client, disk, settings):
    settings.FILE_UPLOAD_TEMP_DIR = disk
    client.force_login(a_user())
    fill(disk, BLOCK)
    upload = SimpleUploadedFile("song.wav", media_files.wav(20))
    page = client.post("/songs/new/", {"audio": upload, "title": "Night"}).content.decode()
    assert "This site has no room for files at the moment. Try later." in page
    assert 'value="Night"' in page
    assert sum(path.stat().st_size for path in disk.glob("*.upload*")) == 0
