"""Recovery after kill -9 of real processes: every video is made once, and nothing is left over."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import psutil
import pytest

from tests.render.samples import music, write_song
from tests.stack import Creator, Stack, running_stack, wait_for

pytestmark = pytest.mark.processes
SECONDS = 10  # of the song: enough to kill its renderer while it draws


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running_stack(tmp_path_factory.mktemp("stack")) as stack:
        song = write_song(tmp_path_factory.mktemp("song") / "song.mp3", music(SECONDS))
        Creator(stack).upload(song)
        yield stack


@pytest.fixture
def creator(stack: Stack) -> Creator:
    return Creator(stack)


def is_drawing(creator: Creator, video: str) -> bool:
    return 5 <= creator.percent(video) < 90


def order_and_wait_for_drawing(creator: Creator) -> str:
    """Order a video and return the path of its page once its frames are being drawn."""
    video = creator.order()
    wait_for(lambda: is_drawing(creator, video), 30, "The video did not begin")
    return video


def films_of(stack: Stack, video: str) -> list[Path]:
    name = video.split("/")[2].replace("-", "")
    return [film for film in stack.films() if film.parent.name == name]


def assert_made_once(stack: Stack, creator: Creator, *videos: str) -> None:
    for video in videos:
        wait_for(partial(creator.has, video), 90, stack.logs)
        assert len(films_of(stack, video)) == 1
    wait_for(
        lambda: not stack.temporary_files(), 5, lambda: f"Left over: {stack.temporary_files()}"
    )


def test_the_process_that_draws_is_killed(stack, creator):
    video = order_and_wait_for_drawing(creator)
    for process in stack.children_of("renderer", "videos.render"):
        process.kill()
    assert_made_once(stack, creator, video)
    assert "another took over" in creator.get(video).text


@pytest.mark.nightly  # the tests around it kill its child and everything
def test_the_renderer_is_killed(stack, creator):
    video = order_and_wait_for_drawing(creator)
    drawers = stack.children_of("renderer", "videos.render")
    assert drawers
    for process in stack.children_of("renderer", "celery"):
        process.kill()
    wait_for(lambda: not any(p.is_running() for p in drawers), 5, "The drawing went on")
    assert_made_once(stack, creator, video)


def test_the_worker_is_killed(stack, creator):
    video = order_and_wait_for_drawing(creator)
    for process in stack.children_of("worker", "celery"):
        process.kill()
    assert_made_once(stack, creator, video)
    wait_for(stack.is_ready, 40, "The worker did not come back")


def test_everything_is_killed_at_once(stack, creator):
    videos = [order_and_wait_for_drawing(creator), creator.order()]
    stack.kill_everything()
    stack.start()
    assert_made_once(stack, creator, *videos)


def test_asking_the_renderer_to_end_gives_its_video_to_the_next(stack, creator):
    video = order_and_wait_for_drawing(creator)
    assert not stack.stop("renderer")
    assert "Waiting for its turn" in creator.status(video)
    stack.start("renderer")
    assert_made_once(stack, creator, video)
    page = creator.get(video).text
    assert "waits for its turn again" in page
    assert "another took over" not in page


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_a_process_that_gets_many_sigterms_ends_without_a_traceback(stack, creator, name):
    wait_for(stack.is_ready, 40, stack.logs)
    (process,) = stack.children_of(name, "celery")
    with suppress(psutil.NoSuchProcess):  # it may end before the last one
        for _ in range(200):
            process.terminate()
    assert not stack.stop(name)
    assert "Traceback" not in (stack.folder / f"{name}.log").read_text()
    stack.start(name)


def test_a_cancelled_video_stops_within_a_second_and_leaves_nothing(stack, creator):
    video = order_and_wait_for_drawing(creator)
    creator.post(f"{video}cancel/")
    wait_for(lambda: not stack.children_of("renderer", "videos.render"), 2, "The drawing went on")
    wait_for(lambda: not stack.temporary_files(), 2, "Files were left")
    assert not films_of(stack, video)


def test_ctrl_c_leaves_no_process(stack, creator):
    order_and_wait_for_drawing(creator)
    assert not stack.stop()
    assert not stack.temporary_files()
