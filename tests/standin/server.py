"""The stand-in's server: the vendors' paths, in the dialect and with the breakages of the test."""

import base64
import contextlib
import hashlib
import hmac
import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Self
from urllib.parse import parse_qsl, urlsplit

import requests

from tests import media_files
from tests.quiet_server import QuietServer
from tests.standin import broken
from tests.standin.dialect import Dialect, Json, now
from tests.standin.words import WORDS, Film, Song

KEY = "ak_0123456789abcdef0123456789abcdef"
VENDORS = {"apikley": "suno", "kie": "suno", "sunoapi": "suno", "crun": "crun"}
CREDITS = {
    "apikley": "/api/v1/chat/credit",
    "kie": "/api/v1/chat/credit",
    "sunoapi": "/api/v1/generate/credit",
    "crun": "/api/v1/client/account/balance",
}
# What the same trouble is called by each vendor
TROUBLES = {
    "credits": {"sunoapi": (429, "The current credits are insufficient.")},
    "throttled": {"sunoapi": (430, "Your call frequency is too high.")},
}
COMMON_TROUBLES = {
    "credits": (402, "Insufficient credits."),
    "throttled": (429, "Your call frequency is too high."),
    "maintenance": (455, "System is currently undergoing maintenance."),
    "disabled": (505, "The requested feature is currently disabled."),
    "authentication": (401, "You do not have access permissions."),
    "invalid": (422, "author is too long."),
    "server error": (500, "Server exception, please try again later."),
}


@dataclass(frozen=True)
class Call:
    """One request that came."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    json: Json
    at: float = field(default_factory=time.monotonic)


class StandIn:
    """A vendor on loopback; use it in a ``with`` statement."""

    def __init__(self, vendor: str = "kie", dialect: Dialect | None = None) -> None:
        self.vendor, self.family = vendor, VENDORS[vendor]
        self.dialect = dialect or Dialect()
        self.key, self.webhook_key = KEY, ""
        self.credits: object = 87.5
        self.calls: list[Call] = []
        self.songs: dict[str, Song] = {}
        self.films: dict[str, Film] = {}
        self.retry_after = ""
        self.redirect = ""  # where what is "moved" has gone
        self.finishes_at_once = False
        self.callback_first = False  # the callback comes before the answer to the order
        self.on_order: Callable[[], None] = lambda: None  # once it is taken, before the answer
        self.files: dict[str, bytes] = {
            "film.mp4": media_files.mp4(),
            "song.wav": media_files.wav(),
            "cover.jpg": media_files.jpeg(),
        }
        self.gone: set[str] = set()
        self._breaks: dict[str, list[str]] = defaultdict(list)
        self._lost: dict[str, list[str]] = defaultdict(list)
        self._lock = threading.Lock()
        self.server = QuietServer(("127.0.0.1", 0), _handler(self))

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables that make a portal use this vendor."""
        name = self.vendor.upper()
        said = {f"{name}_API_KEY": self.key, f"{name}_BASE_URL": self.url}
        if self.webhook_key:
            said["KIE_WEBHOOK_KEY"] = self.webhook_key
        return said | {"ALLOWED_PRIVATE_HOSTS": self.host}

    @property
    def settings(self) -> dict[str, str]:
        """Return this vendor's entry of ``settings.VENDORS``."""
        said = {"api_key": self.key, "base_url": self.url}
        return said | ({"webhook_key": self.webhook_key} if self.webhook_key else {})

    def add_song(self, **fields: object) -> Song:
        song = Song(self.url, **fields)
        self.songs[song.task_id] = song
        return song

    def breaks(self, path: str, *kinds: str) -> None:
        """Let the next answers of paths that contain ``path`` be of ``kinds``, one after another.

        A kind is one of ``broken.BROKEN`` and ``SLOW``, or a trouble such as ``credits``.
        """
        self._breaks[path] += kinds

    def lose_answer(self, path: str, times: int = 1, kind: str = "reset") -> None:
        """Do what the next requests ask, but answer with what ``kind`` of ``broken`` writes."""
        self._lost[path] += [kind] * times

    def count(self, method: str, path: str) -> int:
        return sum(call.method == method and path in call.path for call in self.calls)

    def finish(self, task_id: str = "", flag: str = "SUCCESS", url: str | None = None) -> None:
        """Let films be ready: that of ``task_id``, or all."""
        for film in [self.films[task_id]] if task_id else self.films.values():
            film.flag, film.completed = flag, now()
            film.url = f"{self.url}/files/film.mp4" if url is None else url

    def fail(self, message: str = "The song is too long.") -> None:
        for film in self.films.values():
            film.flag, film.message, film.completed = "GENERATE_MP4_FAILED", message, now()
            film.url = ""

    def call_back(self, film: Film, signed: bool = True, **changes: object) -> requests.Response:
        """Call back about ``film`` over real HTTP."""
        body = film.callback(self.family)
        if "video_url" in changes:
            body["data"]["video_url"] = changes["video_url"]
        stamp = str(int(changes.get("timestamp", time.time())))
        headers = {"User-Agent": "vendor"}
        if self.webhook_key and signed:
            said = f"{film.task_id}.{stamp}".encode()
            digest = hmac.new(self.webhook_key.encode(), said, hashlib.sha256).digest()
            headers |= {
                "X-Webhook-Timestamp": stamp,
                "X-Webhook-Signature": base64.b64encode(digest).decode(),
            }
        return requests.post(film.callback_url, json=body, headers=headers, timeout=15)

    # What follows runs in the server's threads

    def answer(self, call: Call) -> tuple[int, Json]:
        """Return the HTTP status and the body of an answer."""
        if not self._knows(call.headers):
            return self._said(401, "You do not have access permissions.")
        routes = {
            ("POST", "/api/v1/mp4/generate"): self._generate,
            ("GET", "/api/v1/mp4/record-info"): self._film,
            ("GET", "/api/v1/generate/record-info"): self._song,
            ("POST", "/api/v1/generate/get-timestamped-lyrics"): self._words,
            ("POST", "/api/v1/client/job/CreateTask"): self._generate,
            ("GET", "/api/v1/client/job/TaskInfo"): self._film_or_song,
            ("GET", CREDITS[self.vendor]): self._credits,
        }
        route = routes.get((call.method, call.path))
        ours = "/client/" in call.path if self.family == "crun" else "/client/" not in call.path
        return route(call) if route and ours else self._said(404, "Not Found")

    def _knows(self, headers: dict[str, str]) -> bool:
        given = {name.lower(): value for name, value in headers.items()}
        if self.family == "crun":
            return given.get("x-api-key") == self.key
        return given.get("authorization") == f"Bearer {self.key}"

    def _said(self, code: int, message: str, data: object = None) -> tuple[int, Json]:
        status = code if self.dialect.http_codes and code != 200 else 200
        word = "message" if self.family == "crun" else "msg"
        if code == 200:
            shown = {} if self.dialect.ok is None else {"code": self.dialect.ok}
            snake = self.dialect.names(data) if self.family == "suno" else data
            return status, {**shown, word: message, "data": snake}
        return status, {"code": code, word: message, "data": data}

    def trouble(self, kind: str) -> tuple[int, Json]:
        return self._said(*TROUBLES.get(kind, {}).get(self.vendor, COMMON_TROUBLES[kind]))

    def _generate(self, call: Call) -> tuple[int, Json]:
        given = call.json.get("input") if self.family == "crun" else call.json
        names = {
            "crun": ("task_id", "suno_id", "brand"),
            "suno": ("taskId", "audioId", "domainName"),
        }
        task, track, brand = names[self.family]
        callback = call.json.get("callback_url" if self.family == "crun" else "callBackUrl")
        if not isinstance(given, dict) or not (given.get(task) and given.get(track) and callback):
            return self._said(422, f"{task} is required.")
        if any(len(str(given.get(name, ""))) > 50 for name in ("author", brand)):
            return self._said(422, "author must be at most 50 characters.")
        song = self.songs.get(given[task])
        if song is None or given[track] not in song.audio_ids:
            return self._said(404, "The music task does not exist.")
        with self._lock:
            made = self._made(given[task], given[track])
            if made and self.family == "suno":
                data = {"taskId": made.task_id} if self.dialect.exists_with_id else None
                return self._said(self.dialect.exists, "Mp4 record already exists.", data)
            film = Film(
                given[task], given[track], callback, given.get("author", ""), given.get(brand, "")
            )
            self.films[film.task_id] = film
        if self.finishes_at_once or self.callback_first:
            self.finish(film.task_id)
        if self.callback_first:
            self.call_back(film)
        self.on_order()
        name = "task_id" if self.family == "crun" else "taskId"
        return self._said(200, "success", {name: film.task_id})

    def _made(self, task_id: str, audio_id: str) -> Film | None:
        pair = (task_id, audio_id)
        return next((f for f in self.films.values() if (f.music_id, f.audio_id) == pair), None)

    def _film(self, call: Call) -> tuple[int, Json]:
        film = self.films.get(call.query.get("taskId", ""))
        if film is None:
            return self._said(self.dialect.unknown, "recordInfo is null")
        return self._said(200, "success", film.suno(self.dialect))

    def _song(self, call: Call) -> tuple[int, Json]:
        song = self.songs.get(call.query.get("taskId", ""))
        if song is None:
            return self._said(self.dialect.unknown, "recordInfo is null")
        return self._said(200, "success", song.suno(self.dialect))

    def _film_or_song(self, call: Call) -> tuple[int, Json]:
        task_id = call.query.get("task_id", "")
        found = self.films.get(task_id) or self.songs.get(task_id)
        return self._said(200, "success", found.crun()) if found else self._said(404, "No task.")

    def _words(self, call: Call) -> tuple[int, Json]:
        data = {"alignedWords": WORDS, "waveformData": [0, 1, 0.5], "hootCer": 0.38}
        return self._said(200, "success", data)

    def _credits(self, call: Call) -> tuple[int, Json]:
        data = {"balance": self.credits} if self.family == "crun" else self.credits
        return self._said(200, "success", data)

    def take(self, kinds: dict[str, list[str]], path: str) -> str:
        """Return the next thing that was arranged for ``path``, "" where there is none."""
        with self._lock:
            return next((left.pop(0) for part, left in kinds.items() if part in path and left), "")


def _handler(vendor: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def _serve(self) -> None:
            with contextlib.suppress(OSError):
                address = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                given = json.loads(body) if body else {}
                query = dict(parse_qsl(address.query))
                call = Call(self.command, address.path, query, dict(self.headers), given)
                vendor.calls.append(call)
                self._meet(call)

        def _meet(self, call: Call) -> None:
            kind = vendor.take(vendor._breaks, call.path)
            if kind in broken.BROKEN | broken.SLOW:
                (broken.BROKEN | broken.SLOW)[kind](self)
            elif kind == "moved":
                broken._answer(self, b"", 307, Location=vendor.redirect)
            elif call.path.startswith("/files/"):
                self._send_file(call.path.removeprefix("/files/"))
            elif kind:
                self._send(*vendor.trouble(kind))
            else:
                said = vendor.answer(call)
                lost = vendor.take(vendor._lost, call.path)
                (broken.BROKEN | broken.SLOW)[lost](self) if lost else self._send(*said)

        def _send(self, status: int, body: Json) -> None:
            wait = {"Retry_After": vendor.retry_after} if vendor.retry_after else {}
            broken._answer(self, json.dumps(body).encode(), status, **wait)

        def _send_file(self, name: str) -> None:
            content = vendor.files.get(name)
            if content is None or name in vendor.gone:
                broken._answer(self, b"<h1>Not Found</h1>", 404, Content_Type="text/html")
                return
            headers = {"ETag": '"one"', "Content_Type": "application/octet-stream"}
            if asked := self.headers.get("Range"):
                first, _dash, last = asked.removeprefix("bytes=").partition("-")
                start, end = int(first), min(int(last or len(content)), len(content) - 1)
                headers["Content_Range"] = f"bytes {start}-{end}/{len(content)}"
                broken._answer(self, content[start : end + 1], 206, **headers)
            else:
                broken._answer(self, content, **headers)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Handler
