"""The people who order films meanwhile: each order is sent until its answer comes."""

import contextlib
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import requests

from tests.chaos.site import Site

SHARES = {"short": 45, "long": 15, "poison": 8, "kie": 16, "crun": 16}
RETRY_INTERVAL = 0.7  # seconds
FINISH_AFTER = (2.0, 6.0)  # seconds in which a vendor makes a film
FAILED_SHARE = 0.15  # of a vendor's films, which it cannot make
VENDOR_SENTENCE = "No lyrics."


@dataclass
class Order:
    """One order of a film, and what is known of it."""

    number: int
    kind: str  # of SHARES
    body: dict[str, object]
    video: str = ""  # the id of its row
    sent: int = 0  # requests that it took
    refusals: list[str] = field(default_factory=list)


class Person:
    """Somebody with a key of the API."""

    def __init__(self, site: Site, key: str, tracks: dict[str, dict[str, str]]) -> None:
        self.site, self.key, self.tracks = site, key, tracks
        self.orders: list[Order] = []
        self.is_over = threading.Event()
        self._threads: list[threading.Thread] = []

    def order(self, chooser: random.Random) -> Order:
        """Begin an order in a thread of its own, as a browser or a program does."""
        kind = chooser.choices([*SHARES], weights=[*SHARES.values()])[0]
        number = len(self.orders) + 1
        body: dict[str, object] = {
            "callBackUrl": f"{self.site.receiver.url}&n={number}",
            "author": f"Author {number}",
        }
        if kind in self.site.vendors:
            song = self.site.vendors[kind].add_song()
            body |= {"taskId": song.task_id, "audioId": song.audio_ids[0], "provider": kind}
        else:
            body |= self.tracks[kind]
        order = Order(number, kind, body)
        self.orders.append(order)
        thread = threading.Thread(target=self._send, args=(order,), daemon=True)
        self._threads.append(thread)
        thread.start()
        return order

    def _send(self, order: Order) -> None:
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": f"n{order.number}"}
        url = f"{self.site.stack.url}/api/v1/mp4/generate"
        while not self.is_over.is_set():
            order.sent += 1
            try:
                answer = requests.post(url, json=order.body, headers=headers, timeout=40).json()
            except (requests.RequestException, ValueError) as error:
                answer = {"code": 0, "msg": type(error).__name__}
            data = answer.get("data") or {}
            if answer["code"] in {200, 409} and data.get("taskId"):
                order.video = data["taskId"]
                return
            order.refusals.append(f"{answer['code']} {answer['msg']}")
            time.sleep(RETRY_INTERVAL)

    def wait(self, seconds: float) -> None:
        """Wait until all orders are taken."""
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self.is_over.set()


def make_vendor_films(site: Site, chooser: random.Random, is_over: threading.Event) -> None:
    """Let the vendors finish or fail their films after some seconds, and call back."""
    due: dict[str, float] = {}
    while not is_over.wait(0.3):
        for vendor in site.vendors.values():
            for film in list(vendor.films.values()):
                finish_at = due.setdefault(
                    film.task_id, time.monotonic() + chooser.uniform(*FINISH_AFTER)
                )
                if film.completed is None and time.monotonic() > finish_at:
                    _finish(vendor.finish, film, chooser)
                    if chooser.random() < 0.5:
                        call_back = threading.Thread(target=_call_back, args=(vendor, film))
                        call_back.start()


def _finish(finish: Callable[[str], None], film: object, chooser: random.Random) -> None:
    if chooser.random() < FAILED_SHARE:
        film.flag, film.message = "GENERATE_MP4_FAILED", VENDOR_SENTENCE
        finish(film.task_id, "GENERATE_MP4_FAILED", "")
    else:
        finish(film.task_id)


def _call_back(vendor: object, film: object) -> None:
    with contextlib.suppress(requests.RequestException):  # the web process may be away
        vendor.call_back(film)
