"""What happens by the clock."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.factories import a_video
from videos import upkeep
from videos.models import Video

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch) -> list[tuple[str, ...]]:
    messages: list[tuple[str, ...]] = []
    monkeypatch.setattr(upkeep, "send", lambda task, pk, queue: messages.append((task, pk, queue)))
    return messages


def test_a_tick_names_the_rows_that_are_due(sent):
    due = a_video(due_at=timezone.now())
    a_video(due_at=timezone.now() + timedelta(minutes=1))
    a_video(due_at=None)
    upkeep.tick()
    assert sent == [("produce", str(due.pk), "render")]


def test_a_tick_names_the_longest_waiting_and_never_floods_the_queue(sent):
    now = timezone.now()
    videos = [a_video(due_at=now, queued_at=now - timedelta(seconds=n)) for n in range(9)]
    upkeep.tick()
    assert [pk for _, pk, _ in sent] == [str(v.pk) for v in videos[::-1][: upkeep.HINTS]]


def test_rows_for_vendors_go_to_their_own_queue(sent):
    ours, theirs = a_video(), a_video(provider="kie")
    upkeep.tick()
    assert sorted(sent) == sorted(
        [("produce", str(ours.pk), "render"), ("produce", str(theirs.pk), "work")]
    )


def test_tidying_removes_what_no_claim_works_in(settings, tmp_path):
    settings.SCRATCH_DIR = tmp_path
    video = a_video()
    mine = Video.objects.claim(video.pk)
    assert mine is not None
    working, lost, odd, fresh = (
        tmp_path / f"{video.pk.hex}-{mine.attempt}",
        tmp_path / f"{video.pk.hex}-{mine.attempt + 7}",
        tmp_path / "something else",
        tmp_path / f"{video.pk.hex}-0",
    )
    for folder in (working, lost, odd, fresh):
        folder.mkdir()
        (folder / "film.mp4.part").write_bytes(b"x")
    for folder in (working, lost, odd):
        age(folder, upkeep.KEPT_FOR + 1)
    upkeep.tidy()
    assert sorted(tmp_path.iterdir()) == sorted([working, fresh])


def test_tidying_removes_uploads_whose_server_was_killed(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    old, new = tmp_path / "tmp1.upload.mp3", tmp_path / "tmp2.upload.mp3"
    for file in (old, new):
        file.write_bytes(b"half a song")
    age(old, upkeep.KEPT_FOR + 1)
    upkeep.tidy()
    assert list(tmp_path.iterdir()) == [new]


def age(folder: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(folder, (then, then))
