"""From an order to a film, with a function of the test in place of the renderer."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.factories import a_playable_track, a_track, a_video
from tests.pipeline.renderers import film_at, order, read, works
from videos import pipeline
from videos.media import workspace
from videos.models import Event, LyricsState, LyricsVersion, Origin, Track, Video
from videos.pipeline import claim, worker
from videos.render.errors import AudioError, RenderError, Stopped
from videos.render.options import (
    FrameRate,
    Look,
    Resolution,
    Sound,
    StyleOptions,
    VideoFormat,
)
from videos.render.scene import Film, Scene
from videos.statuses import Failure, VideoStatus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("not_stopping")]


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


def test_a_film_of_a_clip_tells_where_it_begins(renderer):
    renderer(lambda scene, output, **_: replace(film_at(output), clip_start=scene.clip.start))
    video = order(clip="34-52.5")
    pipeline.advance(str(video.pk))
    video.refresh_from_db()
    assert (video.clip, video.clip_start) == ("34-52.5", 34.0)


def test_a_film_tells_of_which_words_it_was_made(renderer):
    track = a_playable_track(lyrics="old")
    save = LyricsVersion.objects.save_state
    save(track, LyricsState("[00:00.10]new"), Origin.EDITED)

    def render(scene: Scene, output: Path, **_: object) -> Film:
        assert [line.text for line in scene.lyrics] == ["new"]
        save(Track.objects.get(), LyricsState("newest"), Origin.EDITED)
        return film_at(output)

    renderer(render)
    video = a_video(track=track)
    pipeline.advance(str(video.pk))
    video = Video.objects.select_related("track").get()
    assert (video.lyrics_version, video.track.lyrics_version) == (1, 2)
    assert video.has_older_words


def test_a_clip_beyond_the_end_of_its_song_fails_with_a_sentence(renderer):
    def render(scene: Scene, output: Path, **options: object) -> Film:
        scene.clip.check_within(9.0)
        raise AssertionError

    renderer(render)
    video = order(clip="10-20")
    pipeline.advance(str(video.pk))
    video.refresh_from_db()
    assert (video.status, video.failure) == (VideoStatus.GENERATE_MP4_FAILED, Failure.MEDIA)
    assert "a clip cannot last until 0:20" in video.error_message
