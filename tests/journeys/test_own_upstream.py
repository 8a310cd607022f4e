"""The portal as its own vendor: our own clients against our own server, over real HTTP."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import requests

from tests import media_files
from tests.pairwise import at_night
from tests.stack import Creator, Stack, wait_for
from tests.standin.server import VENDORS

pytestmark = pytest.mark.processes


Portals = tuple[Stack, Stack, str]


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portals]:
    """Yield a portal without vendors, one that uses it as all four vendors, and the key."""
    first = Stack(tmp_path_factory.mktemp("upstream"), ACCESS_LOG="-")
    second = Stack(tmp_path_factory.mktemp("downstream"), ACCESS_LOG="-")
    for stack, other in ((first, second), (second, first)):
        stack.environment["ALLOWED_PRIVATE_HOSTS"] = other.url.removeprefix("http://")
    first.prepare()
    key = first.manage("create_api_key", "demo@example.com").splitlines()[-1]
    for vendor in VENDORS:
        second.environment[f"{vendor.upper()}_API_KEY"] = key
        second.environment[f"{vendor.upper()}_BASE_URL"] = first.url
    second.prepare()
    try:
        first.start()
        second.start()
        yield first, second, key
    finally:
        for stack in (first, second):
            stack.kill_everything() if stack.running else None


@pytest.fixture
def upstream(portals: Portals) -> Stack:
    return portals[0]


@pytest.fixture
def downstream(portals: Portals) -> Stack:
    return portals[1]


@pytest.fixture
def key(portals: Portals) -> str:
    return portals[2]


def brought(upstream: Stack, key: str, title: str) -> dict[str, Any]:
    """Bring a song and return its ids."""
    answer = requests.post(
        f"{upstream.url}/api/v1/songs",
        headers={"Authorization": f"Bearer {key}"},
        files={
            "audio": ("song.wav", media_files.wav()),
            "cover": ("cover.jpg", media_files.jpeg()),
        },
        data={"title": title, "lyrics": "[00:00.10]Hello\n[00:00.50]Goodbye"},
        timeout=60,
    ).json()
    assert answer["code"] == 200, answer
    return answer["data"]


@pytest.mark.parametrize("vendor", ["apikley", *at_night(["crun", "kie", "sunoapi"])])
def test_a_film_is_ordered_rendered_and_archived(upstream, key, downstream, vendor):
    ids = brought(upstream, key, f"Song of {vendor}")
    creator = Creator(downstream)
    song = SimpleNamespace(task_id=ids["taskId"])
    video = creator.order_from(SimpleNamespace(vendor=vendor), song)
    wait_for(lambda: is_ours(creator, video), 90, lambda: downstream.logs() + upstream.logs())
    assert f"Song of {vendor}" in creator.get(video).text
    creator.post(f"{video}visibility/", visibility="unlisted")
    slug = re.search(r"/v/([\w-]+)/", creator.get(video).text)[1]
    film = requests.get(f"{downstream.url}/v/{slug}/video.mp4", timeout=20)
    assert film.content[4:8] == b"ftyp"
    theirs = [path.read_bytes() for path in upstream.films()]
    assert film.content in theirs
    assert (
        f'POST /callbacks/{vendor}/…/ HTTP/1.1" 200' in (downstream.folder / "web.log").read_text()
    )
    for stack in (upstream, downstream):
        assert key not in stack.logs()
        assert key.encode() not in Path(stack.folder / "portal.sqlite3").read_bytes()


def test_word_times_and_credits_are_had_of_ourselves(upstream, key, downstream):
    ids = brought(upstream, key, "Timed")
    result = downstream.manage(
        "shell",
        "-c",
        "import time\n"
        "from videos.providers.registry import vendors\n"
        f"ids = {ids['taskId']!r}, {ids['audioId']!r}\n"
        "for each in vendors():\n"
        "    time.sleep(0.5)\n"  # three questions a second a task
        "    print(each.key, each.credits(), each.music(ids[0]).tracks[0].title)\n"
        "    if each.facts.has_word_times:\n"
        "        print([word['word'] for word in each.word_times(*ids)])\n",
    )
    assert len(re.findall(r"\w+ \d+\.0 Timed", result)) == 4
    assert result.count(r"['Hello\n', 'Goodbye\n']") == 3


def is_ours(creator: Creator, video: str) -> bool:
    body = creator.status(video)
    return 'data-status="SUCCESS"' in body and "archive-notice" not in body


def test_a_song_is_fetched_from_an_address_by_a_worker(upstream, key, downstream):
    """The second portal fetches, by its API, what the first one has."""
    ids = brought(upstream, key, "Fetched")
    headers = {"x-api-key": key}
    query = {"taskId": ids["taskId"]}
    info = "/api/v1/generate/record-info"
    record = requests.get(upstream.url + info, query, headers=headers, timeout=9).json()
    song = record["data"]["response"]["sunoData"][0]
    own = {"x-api-key": downstream.manage("create_api_key", "demo@example.com").split("\n")[-2]}
    body = {"audioUrl": song["audioUrl"], "imageUrl": song["imageUrl"], "title": "Copy"}
    songs = f"{downstream.url}/api/v1/songs"
    there = requests.post(songs, json=body, headers=own, timeout=9).json()["data"]
    order = {**there, "callBackUrl": "https://example.com/x"}
    generate = f"{downstream.url}/api/v1/mp4/generate"
    task = requests.post(generate, json=order, headers=own, timeout=9).json()["data"]

    def film() -> dict[str, Any] | None:
        query = {"taskId": task["taskId"]}
        path = f"{downstream.url}/api/v1/mp4/record-info"
        data = requests.get(path, query, headers=own, timeout=9).json().get("data", {})
        return data if data.get("successFlag") == "SUCCESS" else None

    url = wait_for(film, 60, downstream.logs)["response"]["videoUrl"]
    head = requests.head(url, timeout=9)
    assert (head.status_code, head.headers["Content-Type"]) == (200, "video/mp4")
    assert head.headers["Accept-Ranges"] == "bytes"
    query = {"taskId": there["taskId"]}
    record = requests.get(downstream.url + info, query, headers=own, timeout=9).json()["data"]
    assert record["status"] == "SUCCESS"
    assert requests.head(record["response"]["sunoData"][0]["imageUrl"], timeout=9).ok
