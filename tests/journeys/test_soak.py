"""One hostile account does everything at once, for a while, beside ten people who make films.

``SOAK_MINUTES`` (20 by default) is the whole time: a quarter without the attack, half with it, and
a quarter without it again. Everybody has an address, and comes through nginx as ``deploy/`` sets
it up.
"""

import html
import json
import os
import random
import re
import socket
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import requests
from requests.adapters import HTTPAdapter

from suno_portal.variables import VARIABLES
from tests import media_files
from tests.journeys.attack_files import bomb, mp3_with_frames, slow_wav
from tests.nginx import running_nginx
from tests.receiver import Receiver
from tests.render.samples import music, write_song
from tests.stack import Stack, running_stack, wait_for
from tests.standin import StandIn

pytestmark = [pytest.mark.nightly, pytest.mark.processes]

PEOPLE = 10
MAX_RATIO = 2.0  # of the median time of a film, beside the attack and without it
SETTLING = 180  # seconds in which the last films are made
MAKE_PEOPLE = """
import json
from django.test import Client
from videos.models import ApiKey, User
from django.core.files.base import ContentFile
cookies = []
for number in range({count}):
    user = User(email=f"person{{number}}@example.com")
    user.set_unusable_password()
    user.save()
    client = Client()
    client.force_login(user)
    cookies.append(client.cookies["sessionid"].value)
print(json.dumps(cookies))
"""


class FromAddress(HTTPAdapter):
    """Connects from one address of this machine, as visitors have their own."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(pool_maxsize=40)  # of all threads

    def init_poolmanager(self, *args: object, **more: object) -> None:
        super().init_poolmanager(*args, source_address=(self.address, 0), **more)


class Person:
    """Somebody who is logged in, and makes films."""

    def __init__(self, stack: Stack, site: str, cookie: str, address: str) -> None:
        self.stack, self.site, self.address = stack, site, address
        self.session = self.new_session()
        self.token = "t" * 32
        self.session.cookies.update({"sessionid": cookie, "csrftoken": self.token})
        self.numbers = iter(range(10**6))

    def new_session(self) -> requests.Session:
        """Return a session of a browser at this person's address."""
        session = requests.Session()
        session.mount("http://", FromAddress(self.address))
        return session

    def get(self, path: str, **more: object) -> requests.Response:
        return self.session.get(self.site + path, timeout=120, **more)

    def post(self, path: str, files: object = None, **fields: str) -> requests.Response:
        data = {"csrfmiddlewaretoken": self.token, **fields}
        return self.session.post(self.site + path, data=data, files=files, timeout=120)

    def upload(self, song: bytes, name: str = "song.mp3") -> requests.Response:
        return self.post("/songs/new/", {"audio": (name, song)})

    def order(self) -> str:
        """Order a film of the newest song, and return the path of its page."""
        response = self.send_order()
        match = re.search(r"/videos/[0-9a-f-]{36}/$", response.url)
        assert match, response.text
        return match[0]

    def send_order(self) -> requests.Response:
        page = self.get("/videos/new/").text
        fields = {
            name: match[1]
            for name in ("form_token", "song")
            if (match := re.search(rf'name="{name}"[^>]*value="([^"]+)"', page))
        }
        return self.post(
            "/videos/new/",
            **{**fields, "provider": "builtin", "format": "16:9", "domain_name": "example.com"},
            author=f"Test {next(self.numbers)}",
        )

    def make_film(self) -> float:
        """Order a film, wait until it is there, and return the seconds that this took."""
        started = time.monotonic()
        poll = f"{self.order()}status/"
        while True:
            response = self.get(poll, headers={"HX-Request": "true"})
            status = response.text
            if 'data-status="SUCCESS"' in status:
                return time.monotonic() - started
            if response.status_code != 204:  # as of the open page: 204 is "nothing has changed"
                assert 'data-status="PENDING"' in status, status
                match = re.search(r'hx-get="([^"]+/status/[^"]*)"', status)
                poll = html.unescape(match[1]) if match else poll
            time.sleep(1)


class Filming:
    """A person's films, one after another, and how long each took."""

    def __init__(self, person: Person, stop: threading.Event) -> None:
        self.person, self.stop = person, stop
        self.films: list[tuple[float, float]] = []  # when it was ordered, and the seconds it took
        self.error: BaseException | None = None
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            while not self.stop.is_set():
                ordered = time.monotonic()
                self.films.append((ordered, self.person.make_film()))
        except BaseException as error:
            self.error = error


class Attack:
    """A hostile account that does all of this at once, until it ends."""

    def __init__(self, person: Person, key: str, vendor: StandIn, slow: Receiver) -> None:
        self.person, self.key, self.vendor, self.slow = person, key, vendor, slow
        self.statuses: dict[str, Counter[int]] = {}
        self.ended = threading.Event()
        self.programs = person.new_session()
        self.random = random.Random(1)
        self.song = write_song(person.stack.folder / "long.mp3", music(60)).read_bytes()
        # Made once: whoever attacks has a machine of their own, whose work is none of the site's
        self.files = {"audio": ("a.wav", media_files.wav()), "cover": ("a.webp", bomb())}
        self.songs = (slow_wav(), mp3_with_frames())
        self.head = mp3_with_frames(100_000)

    def __enter__(self) -> "Attack":
        """Begin."""
        deeds: list[tuple[Callable[[], requests.Response], int]] = [
            (self.send_bomb, 3), (self.send_song, 2), (self.send_long_song, 2),
            (self.read_tags, 2), (self.preview, 3), (self.look_up, 2), (self.fetch, 2),
            (self.order, 3), (self.search, 2), (self.log_in, 2), (self.drip, 10),
        ]  # fmt: skip
        self.threads = [
            threading.Thread(target=self._repeat, args=(deed,))
            for deed, count in deeds
            for _ in range(count)
        ]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        """End."""
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def _repeat(self, deed: Callable[[], requests.Response]) -> None:
        counter = self.statuses.setdefault(deed.__name__, Counter())
        pause = 0.05  # seconds
        while not self.ended.wait(pause):
            with suppress(requests.RequestException, OSError):
                status = deed().status_code
                counter[status] += 1
                # What a program does with a refusal is its own machine's work, and this one's here
                pause = 0.5 if status == 429 else 0.05

    def send_bomb(self) -> requests.Response:
        return self.person.post("/songs/new/", self.files)

    def send_song(self) -> requests.Response:
        return self.person.upload(self.random.choice(self.songs))

    def send_long_song(self) -> requests.Response:
        return self.person.upload(self.song)

    def read_tags(self) -> requests.Response:
        size = str(len(self.head))
        return self.person.post("/songs/new/tags/", {"head": self.head}, size=size)

    def preview(self) -> requests.Response:
        page = self.person.get("/videos/new/").text
        song = re.search(r'name="song"[^>]*value="(\d+)"', page)
        fields = {"provider": "builtin", "format": "16:9", "author": str(self.random.random())}
        return self.person.get("/videos/new/preview/", params={"song": song and song[1], **fields})

    def look_up(self) -> requests.Response:
        task_id = f"{self.random.randrange(16**32):032x}"
        return self.person.post("/videos/new/song/", vendor="kie", task_id=task_id)

    def fetch(self) -> requests.Response:
        url = f"{self.slow.url}&n={self.random.random()}"
        return self.programs.post(
            f"{self.person.site}/api/v1/songs",
            json={"audioUrl": url, "title": "Slow"},
            headers={"Authorization": f"Bearer {self.key}"},
            timeout=120,
        )

    def order(self) -> requests.Response:
        return self.person.send_order()

    def search(self) -> requests.Response:
        return self.person.get("/videos/", params={"q": f"test {self.random.random()}"})

    def log_in(self) -> requests.Response:
        guess = {"login": "person1@example.com", "password": str(self.random.random())}
        session, address = self.person.new_session(), f"{self.person.site}/accounts/login/"
        session.get(address, timeout=120)
        guess["csrfmiddlewaretoken"] = session.cookies.get("csrftoken", "")  # none if refused
        return session.post(address, data=guess, timeout=120)

    def drip(self) -> requests.Response:
        head = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
        port = int(self.person.site.rpartition(":")[2])
        source = (self.person.address, 0)
        with socket.create_connection(("127.0.0.1", port), 10, source) as connection:
            connection.sendall(head)
            while not self.ended.wait(1.0):
                connection.sendall(b"x")
        response = requests.Response()
        response.status_code = 0  # none came
        return response


@pytest.fixture
def slow() -> Iterator[Receiver]:
    with Receiver() as receiver:
        receiver.answer = receiver.drip_body
        yield receiver


@pytest.fixture
def vendor() -> Iterator[StandIn]:
    with StandIn("kie") as standin:
        yield standin


def test_a_hostile_account_slows_others_little(
    tmp_path: Path, vendor: StandIn, slow: Receiver
) -> None:
    seconds = 60 * float(os.environ.get("SOAK_MINUTES", "20"))
    environment = {
        **vendor.environment,
        "ALLOWED_PRIVATE_HOSTS": f"{vendor.host},{slow.host}",
        "WEB_PROCESSES": "2",
        "BEHIND_PROXY": "true",
        "PAGE_BUDGET": VARIABLES["PAGE_BUDGET"].default,
        "LOG_LEVEL": "WARNING",
        "DEBUG": "true",
    }
    song = write_song(tmp_path / "song.mp3", music(2)).read_bytes()
    (tmp_path / "nginx").mkdir()
    with (
        running_stack(tmp_path / "site", **environment) as stack,
        running_nginx(
            tmp_path / "nginx", f"127.0.0.1:{stack.port}", stack.folder / "media"
        ) as site,
    ):
        program = MAKE_PEOPLE.format(count=PEOPLE + 1)
        cookies = json.loads(stack.manage("shell", "-v0", "-c", program).splitlines()[-1])
        hostile, *people = (
            Person(stack, site, cookie, f"127.0.0.{number}")
            for number, cookie in enumerate(cookies, start=10)
        )
        key = stack.manage("create_api_key", "person0@example.com").splitlines()[-1]
        for person in (hostile, *people):
            person.upload(song).raise_for_status()
        processes = {name: pids(stack, name) for name in stack.running}
        stop = threading.Event()
        filming = [Filming(person, stop) for person in people]
        try:
            time.sleep(seconds / 4)
            begin = time.monotonic()
            with Attack(hostile, key, vendor, slow) as attack:
                time.sleep(seconds / 2)
                end = time.monotonic()
            time.sleep(seconds / 4)
        finally:
            stop.set()
            for each in filming:
                each.thread.join(SETTLING)
        films = [film for each in filming for film in each.films]
        beside = [took for at, took in films if begin <= at < end]
        alone = [took for at, took in films if at + took < begin or at >= end]
        ratio = statistics.median(beside) / statistics.median(alone)
        print(f"\n{len(alone)} films without the attack, median {statistics.median(alone):.1f} s")
        print(f"{len(beside)} films beside it, median {statistics.median(beside):.1f} s")
        print(f"at most {max(alone):.1f} s and {max(beside):.1f} s; ratio {ratio:.2f}")
        for name, counter in attack.statuses.items():
            print(f"  {name}: {dict(counter)}")
        assert [each.error for each in filming if each.error] == []
        assert not any(each.thread.is_alive() for each in filming)
        for name, before in processes.items():
            assert before <= pids(stack, name), f"A process of {name} died"
        assert "Traceback" not in stack.logs()
        assert ratio < MAX_RATIO
        assert not stack.stop()
        wait_for(lambda: not leftovers(stack), 15, lambda: f"Left over: {leftovers(stack)}")


def pids(stack: Stack, name: str) -> set[int]:
    """Return the lasting processes of ``name``: not the children that open a file and end."""
    lasting = set()
    for process in stack.processes(name):
        with suppress(psutil.NoSuchProcess):  # a child that has just ended
            if "sandbox" not in " ".join(process.cmdline()):
                lasting.add(process.pid)
    return lasting


def leftovers(stack: Stack) -> list[Path]:
    return [*stack.temporary_files(), *(stack.folder / "uploads").glob("*")]
