"""The stand-in's server: the vendors' paths, in a dialect and with failures that a test orders."""

import base64
import contextlib
import gzip
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
from tests.standin.records import ALIGNED_WORDS, Film, Song
from tests.standin.variants import FILM, Variant
from videos import vendors

KEY = "ak_0123456789abcdef0123456789abcdef"
VENDORS = {facts.key: facts.family for facts in vendors.VENDORS.values()}  # families by vendor
# Written down here, too, so that a wrong path in our facts is noticed
CREDITS_PATHS = {
    "apikley": "/api/v1/chat/credit",
    "kie": "/api/v1/chat/credit",
    "sunoapi": "/api/v1/generate/credit",
    "crun": "/api/v1/client/account/balance",
}
# The code and message of each failure, where vendors differ and otherwise
VENDOR_FAILURES = {
    "credits": {"sunoapi": (429, "The current credits are insufficient.")},
    "throttled": {"sunoapi": (430, "Your call frequency is too high.")},
}
COMMON_FAILURES = {
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
    """A request that the stand-in received."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    json: Json
    at: float = field(default_factory=time.monotonic)


class StandIn:
    """A vendor's API on loopback; use it in a ``with`` statement."""

    def __init__(self, vendor: str = "kie", dialect: Dialect | None = None) -> None:
        self.vendor, self.family = vendor, VENDORS[vendor]
        self.dialect = dialect or Dialect()
        self.key, self.callback_key = KEY, ""
        self.credits: object = 87.5
        self.calls: list[Call] = []
        self.broken_calls: list[
            tuple[Call, str]
        ] = []  # those that got no sound answer, and its kind
        self.songs: dict[str, Song] = {}
        self.films: dict[str, Film] = {}
        self.retry_after = ""
        self.redirect = ""  # the target of responses of the kind "moved"
        self.finishes_at_once = False
        self.callback_first = False  # the callback comes before the response to the order
        self.on_order: Callable[[], None] = lambda: None  # after an order, before its response
        self.files: dict[str, bytes] = {
            "film.mp4": media_files.mp4(),
            "song.wav": media_files.wav(),
            "cover.jpg": media_files.jpeg(),
        }
        self.gone: set[str] = set()  # names of files that were deleted
        self.track_changes: Json = {}  # fields of the first track of a song
        self.gzips = False  # whether answers and files are packed, though nobody asks for it
        self.failures: dict[str, list[str]] = defaultdict(list)
        self.lost_responses: dict[str, list[str]] = defaultdict(list)
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
        """Return the environment variables that make a portal use this vendor."""
        variables = vendors.VENDORS[self.vendor].variables
        environment = {variables[name]: value for name, value in self.settings.items()}
        return environment | {"ALLOWED_PRIVATE_HOSTS": self.host}

    @property
    def settings(self) -> dict[str, str]:
        """Return this vendor's entry of ``settings.VENDORS``."""
        settings = {"api_key": self.key, "base_url": self.url}
        return settings | ({"callback_key": self.callback_key} if self.callback_key else {})

    def add_song(self, **fields: object) -> Song:
        song = Song(self.url, **fields)
        self.songs[song.task_id] = song
        return song

    def breaks(self, path: str, *kinds: str) -> None:
        """Let the next responses of paths that contain ``path`` be of ``kinds``, one by one.

        A kind is one of ``broken.BROKEN`` and ``SLOW``, "moved", or a failure such as "credits".
        """
        self.failures[path] += kinds

    def lose_response(self, path: str, times: int = 1, kind: str = "reset") -> None:
        """Do what the next requests order, but send the broken response ``kind``."""
        self.lost_responses[path] += [kind] * times

    def count(self, method: str, path: str) -> int:
        return sum(call.method == method and path in call.path for call in self.calls)

    def finish(self, task_id: str = "", flag: str = "SUCCESS", url: str | None = None) -> None:
        """Finish the film of ``task_id``, or all films."""
        for film in [self.films[task_id]] if task_id else self.films.values():
            film.flag, film.completed = flag, now()
            film.url = f"{self.url}/files/film.mp4" if url is None else url

    def answer_with(self, variant: Variant) -> None:
        """Let record-info of all films be a row of the table of spellings."""
        for film in self.films.values():
            film.variant, film.completed = variant, now()
            film.url = f"{self.url}/files/film.mp4" if variant.url == FILM else ""

    def fail(self, message: str = "The song is too long.") -> None:
        for film in self.films.values():
            film.flag, film.message, film.completed = "GENERATE_MP4_FAILED", message, now()
            film.url = ""

    def call_back(self, film: Film, signed: bool = True, **changes: object) -> requests.Response:
        """Send the callback of ``film``; ``signed`` tells whether it is signed with our key."""
        body = film.callback(self.family)
        if "video_url" in changes:
            body["data"]["video_url"] = changes["video_url"]
        stamp = str(int(changes.get("timestamp", time.time())))
        headers = {"User-Agent": "vendor"}
        if self.callback_key and signed:
            message = f"{film.task_id}.{stamp}".encode()
            digest = hmac.new(self.callback_key.encode(), message, hashlib.sha256).digest()
            headers |= {
                "X-Webhook-Timestamp": stamp,
                "X-Webhook-Signature": base64.b64encode(digest).decode(),
            }
        return requests.post(film.callback_url, json=body, headers=headers, timeout=15)

    # The methods below run in the server's threads

    def answer(self, call: Call) -> tuple[int, Json]:
        """Return the HTTP status and the body of the response to ``call``."""
        if not self._is_authorized(call.headers):
            return self.envelope(401, "You do not have access permissions.")
        routes = {
            ("POST", "/api/v1/mp4/generate"): self._generate,
            ("GET", "/api/v1/mp4/record-info"): self._film,
            ("GET", "/api/v1/generate/record-info"): self._song,
            ("POST", "/api/v1/generate/get-timestamped-lyrics"): self._word_times,
            ("POST", "/api/v1/client/job/CreateTask"): self._generate,
            ("GET", "/api/v1/client/job/TaskInfo"): self._film_or_song,
            ("GET", CREDITS_PATHS[self.vendor]): self._credits,
        }
        route = routes.get((call.method, call.path))
        is_of_family = ("/client/" in call.path) == (self.family == "crun")
        return route(call) if route and is_of_family else self.envelope(404, "Not Found")

    def _is_authorized(self, headers: dict[str, str]) -> bool:
        headers = {name.lower(): value for name, value in headers.items()}
        if self.family == "crun":
            return headers.get("x-api-key") == self.key
        return headers.get("authorization") == f"Bearer {self.key}"

    def envelope(self, code: int, message: str, data: object = None) -> tuple[int, Json]:
        status = code if self.dialect.http_codes and code != 200 else 200
        message_field = "message" if self.family == "crun" else "msg"
        if code == 200:
            code_field = {} if self.dialect.ok is None else {"code": self.dialect.ok}
            data = self.dialect.rename_fields(data) if self.family == "suno" else data
            return status, {**code_field, message_field: message, "data": data}
        return status, {"code": code, message_field: message, "data": data}

    def failure(self, kind: str) -> tuple[int, Json]:
        """Return the response of this vendor for a failure of ``kind``."""
        return self.envelope(*VENDOR_FAILURES.get(kind, {}).get(self.vendor, COMMON_FAILURES[kind]))

    def _generate(self, call: Call) -> tuple[int, Json]:
        order = call.json.get("input") if self.family == "crun" else call.json
        names = {
            "crun": ("task_id", "suno_id", "brand"),
            "suno": ("taskId", "audioId", "domainName"),
        }
        task, track, brand = names[self.family]
        callback = call.json.get("callback_url" if self.family == "crun" else "callBackUrl")
        if not isinstance(order, dict) or not (order.get(task) and order.get(track) and callback):
            return self.envelope(422, f"{task} is required.")
        if any(len(str(order.get(name, ""))) > 50 for name in ("author", brand)):
            return self.envelope(422, "author must be at most 50 characters.")
        song = self.songs.get(order[task])
        if song is None or order[track] not in song.audio_ids:
            return self.envelope(404, "The music task does not exist.")
        with self._lock:
            existing = self._find_film(order[task], order[track])
            if existing and self.family == "suno":
                data = {"taskId": existing.task_id} if self.dialect.exists_with_id else None
                return self.envelope(self.dialect.exists, "Mp4 record already exists.", data)
            film = Film(
                order[task], order[track], callback, order.get("author", ""), order.get(brand, "")
            )
            self.films[film.task_id] = film
        if self.finishes_at_once or self.callback_first:
            self.finish(film.task_id)
        if self.callback_first:
            self.call_back(film)
        self.on_order()
        name = "task_id" if self.family == "crun" else "taskId"
        return self.envelope(200, "success", {name: film.task_id})

    def _find_film(self, task_id: str, audio_id: str) -> Film | None:
        ids = (task_id, audio_id)
        return next((f for f in self.films.values() if (f.music_id, f.audio_id) == ids), None)

    def _film(self, call: Call) -> tuple[int, Json]:
        film = self.films.get(call.query.get("taskId", ""))
        if film is None:
            return self.envelope(self.dialect.unknown, "recordInfo is null")
        return self.envelope(200, "success", film.suno(self.dialect))

    def _song(self, call: Call) -> tuple[int, Json]:
        song = self.songs.get(call.query.get("taskId", ""))
        if song is None:
            return self.envelope(self.dialect.unknown, "recordInfo is null")
        data = song.suno(self.dialect)
        if data["response"]:
            data["response"]["sunoData"][0] |= self.track_changes
        return self.envelope(200, "success", data)

    def _film_or_song(self, call: Call) -> tuple[int, Json]:
        task_id = call.query.get("task_id", "")
        task = self.films.get(task_id) or self.songs.get(task_id)
        return (
            self.envelope(200, "success", task.crun()) if task else self.envelope(404, "No task.")
        )

    def _word_times(self, call: Call) -> tuple[int, Json]:
        data = {"alignedWords": ALIGNED_WORDS, "waveformData": [0, 1, 0.5], "hootCer": 0.38}
        return self.envelope(200, "success", data)

    def _credits(self, call: Call) -> tuple[int, Json]:
        data = {"balance": self.credits} if self.family == "crun" else self.credits
        return self.envelope(200, "success", data)

    def next_kind(self, ordered: dict[str, list[str]], path: str) -> str:
        """Remove and return the next kind that a test ordered for ``path``, "" without one."""
        with self._lock:
            queues = (kinds for part, kinds in ordered.items() if part in path and kinds)
            return next((kinds.pop(0) for kinds in queues), "")


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
                data = json.loads(body) if body else {}
                query = dict(parse_qsl(address.query))
                call = Call(self.command, address.path, query, dict(self.headers), data)
                vendor.calls.append(call)
                self._respond(call)

        def _respond(self, call: Call) -> None:
            kind = vendor.next_kind(vendor.failures, call.path)
            if kind:
                vendor.broken_calls.append((call, kind))
            if kind in broken.BROKEN | broken.SLOW:
                (broken.BROKEN | broken.SLOW)[kind](self)
            elif kind == "moved":
                broken.send_response(self, b"", 307, Location=vendor.redirect)
            elif call.path.startswith("/files/"):
                self._send_file(call.path.removeprefix("/files/"))
            elif kind:
                self._send(*vendor.failure(kind))
            else:
                response = vendor.answer(call)
                lost = vendor.next_kind(vendor.lost_responses, call.path)
                if lost:
                    vendor.broken_calls.append((call, lost))
                (broken.BROKEN | broken.SLOW)[lost](self) if lost else self._send(*response)

        def _send(self, status: int, body: Json) -> None:
            headers = {"Retry_After": vendor.retry_after} if vendor.retry_after else {}
            content = json.dumps(body).encode()
            if vendor.gzips:
                content, headers = gzip.compress(content), headers | {"Content_Encoding": "gzip"}
            broken.send_response(self, content, status, **headers)

        def _send_file(self, name: str) -> None:
            content = vendor.files.get(name)
            if content is None or name in vendor.gone:
                broken.send_response(self, b"<h1>Not Found</h1>", 404, Content_Type="text/html")
                return
            headers = {"ETag": '"one"', "Content_Type": "application/octet-stream"}
            if vendor.gzips:
                content = gzip.compress(content)
                broken.send_response(self, content, Content_Encoding="gzip", **headers)
            elif requested := self.headers.get("Range"):
                first, _dash, last = requested.removeprefix("bytes=").partition("-")
                start, end = int(first), min(int(last or len(content)), len(content) - 1)
                headers["Content_Range"] = f"bytes {start}-{end}/{len(content)}"
                broken.send_response(self, content[start : end + 1], 206, **headers)
            else:
                broken.send_response(self, content, **headers)

        def log_message(self, *args: object) -> None:
            """Log nothing."""

    return Handler
