"""From an order to a film, with a function of the test in place of the renderer."""

import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db.models import ProtectedError
from django.utils import timezone

from tests.factories import a_finished_video, a_playable_track, a_track, a_user, a_video
from videos import pipeline
from videos.media import workspace
from videos.models import Event, Track, Video
from videos.models.webhook_delivery import WebhookFamily
from videos.pipeline import claim, worker
from videos.pipeline.rendering import scene_of
from videos.providers import builtin
from videos.render.errors import AudioError, RenderError, Stopped
from videos.render.options import (
    FrameRate,
    Look,
    Resolution,
    Sound,
    StyleOptions,
    VideoFormat,
)
from videos.render.scene import Film, Progress, Scene
from videos.statuses import Failure, Stage, VideoStatus

pytestmark = pytest.mark.django_db

Renderer = Callable[..., Film]


@pytest.fixture(autouse=True)
def scratch(settings, tmp_path) -> Path:
    settings.SCRATCH_DIR = tmp_path / "scratch"
    return settings.SCRATCH_DIR


@pytest.fixture(autouse=True)
def not_stopping() -> Iterator[None]:
    yield
    pipeline.stopping.clear()


@pytest.fixture
def renderer(monkeypatch) -> Callable[[Renderer], None]:
    """Return a function that replaces the renderer by another function."""
    return lambda function: monkeypatch.setattr(builtin, "render_in_child", function)


def film_at(output: Path) -> Film:
    poster = output.with_suffix(".jpg")
    output.write_bytes(b"film")
    poster.write_bytes(b"poster")
    return Film(output, 1280, 720, 61.5, 4, poster)


def read(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def works(scene: Scene, output: Path, **options: object) -> Film:
    return film_at(output)


def make_due(video: Video) -> None:
    Video.objects.filter(pk=video.pk).update(due_at=timezone.now() - timedelta(seconds=1))


def order(**fields: object) -> Video:
    track = fields.pop("track", None) or a_playable_track()
    values = {"provider": "builtin", "author": "Ada", "domain_name": "example.com", **fields}
    request = pipeline.OrderRequest(track=track, **values)
    return pipeline.order(track.music_task.owner, request)[0]


def test_an_order_becomes_a_film(renderer, scratch):
    scenes = []

    def render(scene: Scene, output: Path, **options: object) -> Film:
        scenes.append(scene)
        return film_at(output)

    renderer(render)
    video = order(style=StyleOptions(format=VideoFormat.TALL))
    pipeline.advance(str(video.pk))
    video.refresh_from_db()
    assert video.status == VideoStatus.SUCCESS
    assert read(video.film.name) == b"film"
    assert read(video.poster.name) == b"poster"
    assert (video.width, video.height, video.duration, video.size) == (1280, 720, 61.5, 4)
    assert not list(scratch.glob("*"))
    scene = scenes[0]
    assert (scene.author, scene.domain_name, scene.format) == ("Ada", "example.com", "9:16")
    assert scene.title == video.track.title
    assert (scene.look, scene.resolution, scene.fps) == ("glow", 720, 30)
    assert scene.is_normalised
    assert scene.section_tags
    assert scene.audio.read_bytes() == read(video.track.audio.name)


def test_a_film_is_made_in_the_look_that_was_ordered(renderer):
    scenes = []

    def render(scene: Scene, output: Path, **options: object) -> Film:
        scenes.append(scene)
        return replace(film_at(output), loudness=-14.1)

    renderer(render)
    track = a_playable_track(model_name="V4_5")
    style = StyleOptions(
        look=Look.ORBIT,
        resolution=Resolution.FULL_HD,
        fps=FrameRate.SMOOTH,
        sound=Sound.SOURCE,
        section_tags=False,
    )
    video = order(track=track, style=style)
    pipeline.advance(str(video.pk))
    video.refresh_from_db()
    assert video.loudness == -14.1
    scene = scenes[0]
    assert (scene.look, scene.resolution, scene.fps) == ("orbit", 1080, 60)
    assert scene.model_name == "V4_5"
    assert not scene.is_normalised
    assert not scene.section_tags


def test_a_repeated_form_returns_the_first_video():
    track, token = a_track(), uuid.uuid4()
    assert order(track=track, form_token=token) == order(track=track, form_token=token)
    assert Video.objects.get().events.get().kind == Event.Kind.ORDERED


def test_an_order_stores_the_webhook_address_of_its_client():
    video = order(webhook_url="https://client.example/hook?of=1", webhook_family="suno")
    video.refresh_from_db()
    assert video.webhook_url == "https://client.example/hook?of=1"
    assert video.webhook_family == WebhookFamily.SUNO
    assert (order().webhook_url, order().webhook_family) == ("", "")


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


def test_a_song_that_cannot_be_read_fails_with_the_reason(renderer):
    def render(*args: object, **options: object) -> Film:
        raise AudioError("This is not an mp3, wav, flac, m4a or ogg file.")

    renderer(render)
    video = order()
    pipeline.advance(str(video.pk))
    video.refresh_from_db()
    assert video.failure == Failure.MEDIA
    assert video.error_message == "This is not an mp3, wav, flac, m4a or ogg file."


def test_a_song_without_audio_fails_with_a_sentence():
    video = order(track=a_track())
    pipeline.advance(str(video.pk))
    video.refresh_from_db()
    assert video.failure == Failure.MEDIA
    assert "no audio" in video.error_message


@pytest.mark.parametrize("error", [RenderError("the child was killed"), ZeroDivisionError("bug")])
def test_a_renderer_that_breaks_three_times_fails_with_a_sentence(renderer, error, scratch):
    def render(*args: object, **options: object) -> Film:
        raise error

    renderer(render)
    video = order()
    for fencing_token in range(1, 4):
        assert Video.objects.get(pk=video.pk).fencing_token == fencing_token - 1
        pipeline.advance(str(video.pk))
    video.refresh_from_db()
    assert video.failure == Failure.WORKER_LOST
    assert "3 times" in video.error_message
    assert not list(scratch.glob("*"))


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


def test_cancelling_stops_the_renderer_and_stores_nothing(renderer, scratch):
    def render(scene: Scene, output: Path, should_stop: Callable[[], bool], **_: object) -> Film:
        assert not should_stop()
        pipeline.cancel(Video.objects.get(pk=video.pk))
        output.write_bytes(b"half")
        threading.Event().wait(claim.PROGRESS_INTERVAL)
        assert should_stop()
        raise Stopped

    renderer(render)
    video = order()
    pipeline.advance(str(video.pk))
    video.refresh_from_db()
    assert video.failure == Failure.CANCELLED
    assert not workspace.list_stored_films(video)
    assert not list(scratch.glob("*"))


def test_a_film_that_is_ready_after_the_cancel_is_not_stored(renderer):
    def render(scene: Scene, output: Path, **options: object) -> Film:
        pipeline.cancel(Video.objects.get(pk=video.pk))
        return film_at(output)

    renderer(render)
    video = order()
    pipeline.advance(str(video.pk))
    video.refresh_from_db()
    assert video.failure == Failure.CANCELLED
    assert not workspace.list_stored_films(video)


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


def test_progress_is_written_and_renews_the_lease(renderer):
    def render(
        scene: Scene,
        output: Path,
        on_progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
        **_: object,
    ) -> Film:
        make_due(video)
        on_progress(Progress("drawing", 0.4, 7.0))
        should_stop()
        row = Video.objects.get(pk=video.pk)
        assert (row.stage, row.fraction, row.seconds_left) == (Stage.DRAWING, 0.4, 7.0)
        assert row.due_at > timezone.now()
        return film_at(output)

    renderer(render)
    video = order()
    pipeline.advance(str(video.pk))
    assert Video.objects.get(pk=video.pk).is_ready


def test_heartbeats_are_no_more_than_two_a_second(renderer, django_assert_num_queries):
    def render(scene: Scene, output: Path, should_stop: Callable[[], bool], **_: object) -> Film:
        should_stop()
        with django_assert_num_queries(0):
            for _ in range(100):
                should_stop()
        return film_at(output)

    renderer(render)
    video = order()
    pipeline.advance(str(video.pk))
    assert Video.objects.get(pk=video.pk).is_ready


def test_trying_again_makes_the_film_on_the_same_row(renderer):
    video = order(track=a_track())
    pipeline.advance(str(video.pk))
    assert not pipeline.retry(a_video())
    video.refresh_from_db()
    assert pipeline.retry(video)
    assert Video.objects.due().filter(pk=video.pk).exists()


def test_removing_a_video_removes_its_files(django_capture_on_commit_callbacks):
    video = a_finished_video()
    film, poster = video.film.name, video.poster.name
    with django_capture_on_commit_callbacks(execute=True):
        pipeline.delete_video(video)
    assert not Video.objects.exists()
    assert not default_storage.exists(film)
    assert not default_storage.exists(poster)


def test_a_song_with_videos_is_not_removed(django_capture_on_commit_callbacks):
    video = a_finished_video(track=a_playable_track())
    track, audio = video.track, video.track.audio.name
    with (
        pytest.raises(ProtectedError),
        django_capture_on_commit_callbacks(execute=True),
    ):
        pipeline.delete_song(track)
    assert default_storage.exists(audio)
    with django_capture_on_commit_callbacks(execute=True):
        pipeline.delete_video(video)
        pipeline.delete_song(track)
    assert not Track.objects.exists()
    assert not default_storage.exists(audio)


def test_an_order_wakes_a_worker_at_once(django_capture_on_commit_callbacks, monkeypatch):
    sent = []
    monkeypatch.setattr("videos.queue.send_wakeup", sent.append)
    with django_capture_on_commit_callbacks(execute=True):
        order()
    assert sent == ["render"]


def test_an_order_stands_though_the_broker_is_down(
    django_capture_on_commit_callbacks, monkeypatch, caplog
):
    def send_task(*args: object, **options: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("celery.current_app.send_task", send_task)
    with django_capture_on_commit_callbacks(execute=True):
        video = order()
    assert Video.objects.due().filter(pk=video.pk).exists()
    assert "ConnectionRefusedError" in caplog.text


def test_a_user_owns_what_is_ordered():
    owner = a_user()
    assert order(track=a_track(owner=owner)).owner == owner


@pytest.fixture
def blocked(settings, tmp_path) -> Iterator[Callable[[bool], None]]:
    """Return a function that replaces the media folder by a file, or restores it."""
    root, aside = Path(settings.MEDIA_ROOT), tmp_path / "aside"

    def block(is_away: bool) -> None:
        if is_away:
            root.rename(aside)
            root.write_bytes(b"no folder")
        else:
            root.unlink()
            aside.rename(root)

    return block


def make_due_and_advance(video: Video) -> Video:
    Video.objects.update(due_at=timezone.now())
    worker.advance(video.pk)
    return Video.objects.get(pk=video.pk)


def test_a_storage_that_is_away_is_waited_for(renderer, blocked):
    renderer(works)
    video = a_video(track=a_playable_track())
    blocked(True)
    for _ in range(5):
        video = make_due_and_advance(video)
        assert (video.status, video.delay_reason, video.crashed_claims) == (
            VideoStatus.PENDING,
            "storage",
            0,
        )
        assert timezone.now() < video.due_at < timezone.now() + timedelta(minutes=1)
    assert [event.kind for event in video.events.all()] == [Event.Kind.DELAYED]
    blocked(False)
    video = make_due_and_advance(video)
    assert (video.status, video.delay_reason) == (VideoStatus.SUCCESS, "")


def test_a_storage_that_fails_under_way_is_waited_for(renderer, blocked):
    def works_then_blocks(scene: Scene, output: Path, **options: object) -> Film:
        blocked(True)
        return works(scene, output, **options)

    renderer(works_then_blocks)
    video = make_due_and_advance(a_video(track=a_playable_track()))
    assert (video.status, video.delay_reason) == (VideoStatus.PENDING, "storage")
    blocked(False)
    renderer(works)
    assert make_due_and_advance(video).status == VideoStatus.SUCCESS


def test_a_song_whose_file_is_away_is_waited_for_and_given_up_after_a_day(renderer):
    renderer(works)
    video = a_video(track=a_playable_track())
    default_storage.delete(video.track.audio.name)
    video = make_due_and_advance(video)
    assert (video.status, video.delay_reason) == (VideoStatus.PENDING, "storage")
    Video.objects.update(queued_at=timezone.now() - timedelta(days=2))
    video = make_due_and_advance(video)
    assert (video.status, video.failure) == (VideoStatus.GENERATE_MP4_FAILED, "storage")
    assert "could not reach its files" in video.error_message


def test_lyrics_move_by_their_offset():
    def starts(offset: int) -> list[float]:
        lyrics = "[00:00.10]One\n[00:00.60]Two"
        track = Track(lyrics=lyrics, lyrics_offset=offset, duration=1.0)
        request = pipeline.OrderRequest(track, "builtin", "Ada", "example.com")
        return [line.start for line in scene_of(request, Path("song.wav"), None).lyrics]

    assert starts(0) == [0.1, 0.6]
    assert starts(200) == pytest.approx([0.3, 0.8])
