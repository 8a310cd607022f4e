"""Attacks that once stopped the site, against the server that people run, and what they cost now.

Each has a control in the same run: the same request with a file, or an id, that is harmless.
"""

import http.client
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import psutil
import pytest
import requests
from django.test import Client

from tests import media_files
from tests.factories import a_track, a_user
from tests.journeys.attack_files import bomb, mp3_with_frames, slow_wav
from tests.journeys.cost import MEBIBYTE, Cost, Meter
from tests.pairwise import one_in
from tests.stack import prepared_folder
from tests.standin import StandIn
from tests.web_server import web_server
from videos.forms.file_tags import MAX_PART_BYTES
from videos.models import Track, User
from videos.render.sandbox import cover_child, probe_child, song_tags_child

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]

MAX_GROWTH = 64 * MEBIBYTE  # of a web process
MAX_SECONDS = 5.0  # of a thread, and of processor time, for one request
TOKEN = "t" * 32


class Site:
    """A web server, and what its processes cost."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address, self.folder = address, folder
        self.meter = Meter(psutil.Process().children(recursive=True))

    def ping(self) -> float:
        """Return the seconds that the health page and a page take together."""
        started = time.monotonic()
        for path in ("/healthz", "/accounts/login/"):
            assert requests.get(self.address + path, timeout=60).status_code == 200
        return time.monotonic() - started

    def slowest_ping_during(self, attack: Callable[[], object]) -> float:
        pings = []
        thread = threading.Thread(target=attack)
        thread.start()
        while thread.is_alive():
            pings.append(self.ping())
        thread.join()
        return max(pings)


class Person:
    """Somebody who is logged in, by requests that any program can send."""

    def __init__(self, site: Site, user: User | None = None) -> None:
        self.site, self.user = site, user or a_user()
        client = Client()
        client.force_login(self.user)
        self.cookies = {"sessionid": client.cookies["sessionid"].value, "csrftoken": TOKEN}

    def post(self, path: str, data: dict[str, str] | None = None, **files: bytes) -> int:
        """Send a form, and return the status of the answer."""
        response = requests.post(
            self.site.address + path,
            data={"csrfmiddlewaretoken": TOKEN, **(data or {})},
            files={name: (f"{name}.bin", content) for name, content in files.items()} or None,
            cookies=self.cookies,
            allow_redirects=False,
            timeout=120,
        )
        return response.status_code

    def upload(self, audio: bytes, **files: bytes) -> int:
        return self.post("/songs/new/", audio=audio, **files)


@pytest.fixture(scope="module")
def vendor() -> Iterator[StandIn]:
    with StandIn("kie") as standin:
        yield standin


@pytest.fixture(scope="module")
def site(tmp_path_factory, vendor, django_db_setup, django_db_blocker) -> Iterator[Site]:
    """Serve the database of the tests, which is emptied after each, by one server for all."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(prepared_folder() / "static", folder / "static")
    environment = {
        "WEB_PROCESSES": "2",  # as by default
        "WEB_THREADS": "32",
        "CACHE_URL": f"filecache://{folder}/cache",  # of both processes
        **vendor.environment,
    }
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            server = web_server(folder, SimpleNamespace(), **environment)
            site = Site(stack.enter_context(server), folder)
        for _ in range(8):  # both processes have their code loaded
            site.ping()
        yield site


def at_once(count: int, call: Callable[[int], int]) -> list[int]:
    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(call, range(count)))


def assert_small(cost: Cost, control: Cost, requests: int = 1, memory: int = 1024) -> None:
    """Check the limits of what an attack of some requests may cost; ``memory`` is each child's."""
    print(f"attack: {cost}\ncontrol: {control}")
    assert max(cost.growth.values()) < MAX_GROWTH
    assert max(cost.children.values(), default=0) < memory * MEBIBYTE
    assert cost.processor_seconds < requests * max(MAX_SECONDS, 3 * control.processor_seconds)
    assert cost.seconds < requests * max(MAX_SECONDS, 6 * control.seconds)


def test_covers_of_two_kilobytes_take_no_memory_of_the_site(site):
    person, song, data = Person(site), media_files.wav(), bomb()
    with site.meter.watching() as control:
        assert person.upload(song, cover=media_files.jpeg(1000, 1000)) == 302
    with site.meter.watching() as one:
        assert person.upload(song, cover=data) == 200
    assert_small(one, control, memory=cover_child.LIMITS.memory)
    with site.meter.watching() as four:
        statuses = at_once(4, lambda _: person.upload(song, cover=data))
    assert set(statuses) <= {200, 429}
    assert_small(four, control, requests=4, memory=cover_child.LIMITS.memory)
    assert Track.objects.count() == 1


@pytest.mark.parametrize("make", one_in(2, [mp3_with_frames, slow_wav]))
def test_songs_that_held_a_core_for_minutes_are_refused_soon(site, make):
    person, data = Person(site), make()
    with site.meter.watching() as control:
        assert person.upload(media_files.sound(".mp3", "libmp3lame")) == 302
    with site.meter.watching() as cost:
        assert person.upload(data) == 200
    assert_small(cost, control, memory=probe_child.LIMITS.memory)
    head = data[:MAX_PART_BYTES]
    with site.meter.watching() as cost:
        assert person.post("/songs/new/tags/", {"size": str(len(data))}, head=head) == 204
    assert_small(cost, control, memory=song_tags_child.LIMITS.memory)
    assert Track.objects.count() == 1


def test_ten_uploads_at_once_of_one_person_hold_up_no_other(site):
    hostile, other, song = Person(site), Person(site), media_files.wav(20, 44100)
    started = time.monotonic()
    assert other.upload(song) == 302
    alone = time.monotonic() - started
    statuses: list[int] = []
    attack = threading.Thread(
        target=lambda: statuses.extend(at_once(10, lambda _: hostile.upload(song)))
    )
    with site.meter.watching() as cost:
        attack.start()
        time.sleep(0.2)
        started = time.monotonic()
        assert other.upload(song) == 302
        beside = time.monotonic() - started
        attack.join()
    print(f"alone {alone:.2f} s, beside ten {beside:.2f} s; {statuses}; {cost}")
    assert set(statuses) <= {302, 429}
    assert beside < max(MAX_SECONDS, 6 * alone)
    assert max(cost.growth.values()) < MAX_GROWTH


def test_of_many_uploads_at_once_only_some_hold_a_thread(site):
    hostile, song = Person(site), media_files.wav(20, 44100)
    control = site.ping()
    statuses: list[int] = []
    slowest = site.slowest_ping_during(
        lambda: statuses.extend(at_once(80, lambda _: hostile.upload(song)))
    )
    print(f"pages: {control:.2f} s before, {slowest:.2f} s during; {statuses.count(302)} songs")
    assert statuses.count(429) >= 80 // 2
    assert slowest < max(MAX_SECONDS, 10 * control)


def test_look_ups_of_an_unknown_id_hold_up_no_page(site, vendor):
    people = [Person(site) for _ in range(2)]
    data = {"vendor": "kie", "task_id": "0" * 32}
    control = site.ping()
    statuses: list[int] = []

    def look_up() -> None:
        post = "/videos/new/song/"
        statuses.extend(at_once(70, lambda number: people[number % 2].post(post, data)))

    slowest = site.slowest_ping_during(look_up)
    calls = len([call for call in vendor.calls if "record" in call.path.lower()])
    print(f"pages: {control:.2f} s before, {slowest:.2f} s during; the vendor had {calls}")
    assert set(statuses) == {200}
    assert calls == 1
    assert slowest < max(MAX_SECONDS, 10 * control)


ADDRESSES = (
    *("/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/admin/login/"),
    *("/songs/new/", "/songs/new/tags/", "/songs/1/", "/videos/new/", "/videos/new/song/"),
    *("/v/AAAAAAAAAAAAAAAAAAAAAA/", "/nothing/", "/healthz", "/api/v1/songs", "/api/v1/docs"),
    *("/api/v1/mp4/generate", "/callbacks/kie/token/", "/static/nothing.css", "/account/keys/"),
)


def begin_long_form(address: str, path: str) -> int:
    """Announce 200 MB, send a little of it, and return the status that is answered nevertheless."""
    host = urlsplit(address).netloc
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {200 * MEBIBYTE}\r\n"
        "Content-Type: multipart/form-data; boundary=frontier\r\n\r\n"
        '--frontier\r\nContent-Disposition: form-data; name="audio"; filename="a.mp3"\r\n\r\n'
    )
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), timeout=30) as connection:
        connection.sendall(head.encode() + bytes(64 * 1024))
        with http.client.HTTPResponse(connection) as response, suppress(TimeoutError):
            response.begin()
            return response.status
    return 0


def test_the_long_form_of_a_stranger_is_answered_before_it_is_sent(site):
    control = site.ping()
    before = {path for path in site.folder.rglob("*") if path.is_file()}
    with site.meter.watching() as cost:
        statuses = {path: begin_long_form(site.address, path) for path in ADDRESSES}
    print(statuses, cost)
    answers = {200, 302, 401, 403, 404, 405, 413}
    assert {path: status for path, status in statuses.items() if status not in answers} == {}
    assert cost.seconds < len(ADDRESSES) * max(1, 6 * control)
    assert max(cost.growth.values()) < MAX_GROWTH
    after = {path for path in site.folder.rglob("*") if path.is_file()}
    assert after <= before


def test_nobody_s_song_is_touched_by_it(site):
    track = a_track()
    stranger = Person(site)
    assert stranger.post(f"/songs/{track.pk}/", cover=bomb()) == 404
