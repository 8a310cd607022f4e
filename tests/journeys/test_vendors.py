"""Films of vendors through the real processes, with failures of vendors and workers."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
import requests

from tests.stack import Creator, Stack, running_stack, wait_for
from tests.standin import StandIn
from tests.standin.server import VENDORS

pytestmark = pytest.mark.processes

Vendors = dict[str, StandIn]


@pytest.fixture(scope="module")
def vendors() -> Iterator[Vendors]:
    with ExitStack() as stack:
        yield {name: stack.enter_context(StandIn(name)) for name in VENDORS}


@pytest.fixture(scope="module")
def stack(vendors: Vendors, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    environment = {}
    for vendor in vendors.values():
        environment |= vendor.environment
    environment["ALLOWED_PRIVATE_HOSTS"] = ",".join(each.host for each in vendors.values())
    environment |= {"ACCESS_LOG": "-", "LOG_LEVEL": "DEBUG"}
    with running_stack(tmp_path_factory.mktemp("stack"), **environment) as stack:
        yield stack


@pytest.fixture
def creator(stack: Stack) -> Creator:
    return Creator(stack)


def is_copied(creator: Creator, video: str) -> bool:
    body = creator.status(video)
    return 'data-status="SUCCESS"' in body and "archive-notice" not in body


def is_submitted(vendor: StandIn) -> bool:
    return bool(vendor.films)


def make_due(stack: Stack) -> None:
    """Make all unclaimed videos due and close all circuits, so that no backoff is waited for."""
    stack.execute(
        "UPDATE videos_video SET due_at = datetime('now') WHERE due_at IS NOT NULL AND tries = 0"
    )
    stack.execute("UPDATE videos_circuit SET open_until = NULL, failures = 0")


def files_with(stack: Stack, word: str) -> list[Path]:
    """Return the files of the installation that contain ``word``; database and logs, too."""
    files = []
    for path in stack.folder.rglob("*"):
        with suppress(FileNotFoundError, IsADirectoryError):  # messages come and go
            files += [path] if word.encode() in path.read_bytes() else []
    return files


@pytest.fixture
def kie(vendors: Vendors) -> Iterator[StandIn]:
    vendor = vendors["kie"]
    vendor.films.clear()
    vendor.calls.clear()
    yield vendor
    vendor.callback_first = False
    vendor.on_order = lambda: None
    vendor.gone.clear()
    vendor.failures.clear()


@pytest.mark.parametrize("name", VENDORS)
def test_every_vendors_film_is_made_copied_and_shared(stack, vendors, creator, name):
    vendor = vendors[name]
    video = creator.order_from(vendor, vendor.add_song())
    wait_for(lambda: is_submitted(vendor), 15, stack.logs)
    vendor.finish()
    wait_for(lambda: is_copied(creator, video), 30, stack.logs)
    creator.post(f"{video}visibility/", visibility="unlisted")
    slug = re.search(r"/v/([\w-]+)/", creator.get(video).text)[1]
    vendor.gone.add("film.mp4")  # it plays on when the vendor has deleted it
    share = requests.get(f"{stack.url}/v/{slug}/", timeout=10)
    film = requests.get(
        f"{stack.url}/v/{slug}/video.mp4", headers={"Range": "bytes=0-99"}, timeout=10
    )
    assert (share.status_code, film.status_code, len(film.content)) == (200, 206, 100)
    assert film.content[4:8] == b"ftyp"
    vendor.gone.clear()
    (made,) = vendor.films.values()
    assert files_with(stack, made.task_id)
    assert files_with(stack, vendor.key) == []
    assert files_with(stack, made.callback_url.split("/")[-2]) == []


def test_a_callback_before_the_answer_is_not_lost(stack, kie, creator):
    kie.callback_first = True
    started = time.monotonic()
    video = creator.order_from(kie, kie.add_song())
    wait_for(lambda: len(kie.films) == 1 and stack.films(), 15, stack.logs)
    wait_for(lambda: is_copied(creator, video), 15, stack.logs)
    assert time.monotonic() - started < 15
    (film,) = kie.films.values()
    token = film.callback_url.split("/")[-2]
    log = (stack.folder / "web.log").read_text()
    assert "/callbacks/kie/…/" in log
    assert token not in log


def test_the_worker_is_killed_between_the_order_and_its_answer(stack, kie, creator):
    killed = threading.Event()

    def kill() -> None:
        kie.on_order = lambda: None
        for process in stack.children_of("worker", "celery"):
            process.kill()
        killed.set()

    kie.on_order = kill
    video = creator.order_from(kie, kie.add_song())
    wait_for(killed.is_set, 15, stack.logs)
    wait_for(lambda: kie.count("POST", "mp4/generate") == 2, 40, stack.logs)
    wait_for(lambda: "another took over" in creator.get(video).text, 20, stack.logs)
    kie.finish()
    wait_for(lambda: is_copied(creator, video), 30, stack.logs)
    assert len(kie.films) == 1  # one was paid for
    assert kie.count("POST", "mp4/generate") == 2
    assert "had this video already" in creator.get(video).text


def test_a_vendor_that_is_down_for_a_while_loses_nothing(stack, kie, creator):
    kie.breaks("mp4/generate", "503", "503")
    video = creator.order_from(kie, kie.add_song())
    wait_for(lambda: "does not answer" in creator.status(video), 15, stack.logs)
    assert "is asked again at" in creator.status(video)
    wait_for(lambda: make_due(stack) or is_submitted(kie), 40, stack.logs)
    kie.finish()
    wait_for(lambda: is_copied(creator, video), 30, stack.logs)


def test_a_file_that_is_gone_is_at_risk_until_it_comes_back(stack, kie, creator):
    kie.gone.add("film.mp4")
    video = creator.order_from(kie, kie.add_song())
    wait_for(lambda: is_submitted(kie), 15, stack.logs)
    kie.finish()
    wait_for(lambda: "does not have the file" in creator.status(video), 20, stack.logs)
    assert "13 days left" in creator.get("/videos/").text
    kie.gone.clear()
    wait_for(lambda: make_due(stack) or is_copied(creator, video), 40, stack.logs)


@pytest.mark.parametrize("count", [300, pytest.param(1000, marks=pytest.mark.nightly)])
def test_many_page_requests_poll_the_vendor_no_more_than_one(stack, kie, creator, count):
    video = creator.order_from(kie, kie.add_song())
    wait_for(lambda: "is making the film" in creator.status(video), 15, stack.logs)
    cookies = creator.session.cookies.get_dict()
    kie.calls.clear()
    started = time.monotonic()

    def watch() -> None:
        with requests.Session() as session:
            session.cookies.update(cookies)
            for _ in range(count // 20):
                response = session.get(
                    f"{stack.url}{video}status/", headers={"HX-Request": "true"}, timeout=30
                )
                assert response.status_code == 200

    watchers = [threading.Thread(target=watch) for _ in range(20)]
    for watcher in watchers:
        watcher.start()
    for watcher in watchers:
        watcher.join()
    seconds = time.monotonic() - started
    polls = kie.count("GET", "mp4/record-info")
    assert polls <= (seconds + 1) / 3 + 1  # a poll may still be in progress when we begin
    creator.post(f"{video}cancel/")


def test_the_command_waits_without_workers_too(stack, kie):
    kie.finishes_at_once = True
    song = kie.add_song()
    output = stack.manage(
        "create_video",
        *("--owner", "demo@example.com", "--provider", "kie", "--task-id", song.task_id),
        *("--audio-id", song.audio_ids[0], "--author", "Ada", "--wait"),
    )
    assert '"successFlag": "SUCCESS"' in output
    kie.finishes_at_once = False
