"""Workers: each due row is advanced once, in order, and left to others in the end."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from tests.pipeline.renderers import film_at, make_due, order, works
from videos import pipeline
from videos.media import workspace
from videos.models import Video
from videos.pipeline import claim, worker
from videos.render.errors import Stopped
from videos.render.scene import Film, Scene
from videos.statuses import Failure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("not_stopping")]


def test_a_doubled_message_makes_one_film(renderer):
    calls = []

    def render(scene: Scene, output: Path, **options: object) -> Film:
        calls.append(output)
        pipeline.advance(str(video.pk))
        return film_at(output)

    renderer(render)
    video = order()
    pipeline.advance(str(video.pk))
    pipeline.advance(str(video.pk))
    assert len(calls) == 1


def test_three_attempts_whose_workers_were_killed_fail_with_a_sentence(renderer):
    renderer(works)
    video = order()
    for _ in range(3):
        assert Video.objects.claim(video.pk)
        make_due(video)
    pipeline.advance(str(video.pk))
    video.refresh_from_db()
    assert video.failure == Failure.WORKER_LOST


def test_an_attempt_after_a_kill_removes_what_was_left(renderer, scratch):
    renderer(works)
    video = order()
    killed = Video.objects.claim(video.pk)
    assert killed is not None
    left = scratch / f"{video.pk.hex}-{killed.fencing_token}"
    left.mkdir(parents=True)
    film = film_at(left / "film.mp4")
    orphan = workspace.store(killed, film.path)
    make_due(video)
    pipeline.advance(str(video.pk))
    video.refresh_from_db()
    assert video.is_ready
    assert not left.exists()
    assert sorted(workspace.list_stored_films(video)) == sorted(
        [video.film.name, video.poster.name]
    )
    assert orphan != video.film.name


def test_a_worker_that_is_asked_to_end_releases_the_video(renderer):
    def render(scene: Scene, output: Path, should_stop: Callable[[], bool], **_: object) -> Film:
        pipeline.stopping.set()
        assert should_stop()
        raise Stopped

    renderer(render)
    video = order()
    pipeline.advance(str(video.pk))
    pipeline.stopping.clear()
    video.refresh_from_db()
    assert (video.is_waiting, video.crashed_claims) == (True, 0)
    assert Video.objects.due().filter(pk=video.pk).exists()
    renderer(works)
    pipeline.advance(str(video.pk))
    assert Video.objects.get(pk=video.pk).is_ready


def test_a_worker_that_is_asked_to_end_claims_no_further_video():
    video = order()
    pipeline.stopping.set()
    pipeline.advance_next("render")
    assert Video.objects.get(pk=video.pk).fencing_token == 0


def test_videos_are_made_in_the_order_in_which_they_were_ordered(renderer):
    made = []

    def render(scene: Scene, output: Path, **options: object) -> Film:
        made.append(scene.author)
        return film_at(output)

    renderer(render)
    for name in ("first", "second", "third"):
        order(author=name)
    Video.objects.filter(author="first").update(due_at=timezone.now())  # as if it was released
    for _ in range(3):
        pipeline.advance_next("render")
    assert made == ["first", "second", "third"]


def test_a_video_that_another_worker_has_claimed_is_skipped(renderer, monkeypatch):
    renderer(works)
    claimed, free = order(), order()
    due = worker.due_in_queue("render").values_list("pk", flat=True)
    candidates = list(due)
    assert Video.objects.claim(claimed.pk)
    monkeypatch.setattr(worker, "due_in_queue", lambda queue: FixedRows(candidates))
    pipeline.advance_next("render")
    assert Video.objects.get(pk=free.pk).is_ready
    assert not Video.objects.get(pk=claimed.pk).is_final


class FixedRows:
    """Rows that a worker read just before another worker claimed one of them."""

    def __init__(self, rows: list[uuid.UUID]) -> None:
        self.values_list = lambda *fields, flat: rows


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_no_crash_of_the_renderer(renderer, monkeypatch):
    monkeypatch.setattr(claim, "RECONNECT_INTERVAL", 0.01)
    queries_lost = 0

    def render(scene: Scene, output: Path, **options: object) -> Film:
        nonlocal queries_lost
        queries_lost = 2
        raise OperationalError("server closed the connection unexpectedly")

    def lose(execute, *args):
        nonlocal queries_lost
        if queries_lost:
            queries_lost -= 1
            raise OperationalError("connection refused")
        return execute(*args)

    renderer(render)
    video = order()
    for _ in range(4):  # more often than a song that crashes is tried
        with connection.execute_wrapper(lose):
            pipeline.advance(str(video.pk))
        video.refresh_from_db()
        assert (video.failure, video.crashed_claims) == (Failure.NONE, 0)
    renderer(works)
    pipeline.advance(str(video.pk))
    video.refresh_from_db()
    assert video.is_ready


def test_a_film_that_is_given_up_leaves_no_file(renderer, scratch):
    renderer(works)
    video = order()
    for _ in range(3):
        killed = Video.objects.claim(video.pk)
        left = scratch / f"{video.pk.hex}-{killed.fencing_token}"
        left.mkdir(parents=True)
        workspace.store(killed, film_at(left / "film.mp4").path)
        make_due(video)
    pipeline.advance(str(video.pk))
    assert Video.objects.get(pk=video.pk).failure == Failure.WORKER_LOST
    assert workspace.list_stored_films(video) == []
    assert list(scratch.glob("*")) == []


def test_a_worker_that_lost_the_row_leaves_the_files_of_the_next_one_alone(renderer, scratch):
    """As after a cut cable: the first one finds its folder gone, and gives the video back."""

    def render(scene: Scene, output: Path, **options: object) -> Film:
        renderer(works)
        make_due(video)  # its lease is over
        pipeline.advance(str(video.pk))
        return film_at(output)

    renderer(render)
    video = order()
    pipeline.advance(str(video.pk))
    video.refresh_from_db()
    assert (video.is_ready, video.fencing_token) == (True, 2)
    assert video.film.size == len(b"film")
    assert list(scratch.glob("*")) == []
