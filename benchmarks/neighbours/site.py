"""The portal that is measured: its rows, and what people do there."""

import contextlib
import itertools
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from videos import demo

TIMEOUT = 120.0  # seconds after which a request counts as hanging
MAKE_ROWS = """
import json
from django.test import Client
from tests.factories import a_finished_video, a_playable_track, a_track, a_video
from videos.models import ApiKey, User, Video
from videos.statuses import MusicStatus
owner = User.objects.get(email="demo@example.com")
client = Client()
client.force_login(owner)
film = a_finished_video(owner=owner, visibility="public")
waiting = a_video(owner, a_playable_track(owner))
track = a_playable_track(owner)
track.music_task.provider = "kie"
track.music_task.save()
there = a_video(owner, track, provider="kie", vendor_task_id="t" * 32)
print(json.dumps({
    "session": client.cookies["sessionid"].value,
    "key": ApiKey.objects.issue(owner, "Benchmark")[1],
    "slug": film.slug,
    "waiting": str(waiting.pk),
    "there": str(there.pk),
    "song": [track.music_task.task_id, track.audio_id],
}))
"""


@dataclass
class Site:
    """The portal that is measured, and whom a request comes from."""

    url: str
    rows: dict[str, Any]
    database: Path
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def forget(self) -> None:
        """Close the circuits of vendors, which would spare pages the wait for them."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=20)) as database, database:
            database.execute("DELETE FROM videos_circuit")

    def session(self) -> requests.Session:
        """Return the browser of the person of the demo."""
        session = requests.Session()
        session.cookies.update({"sessionid": self.rows["session"], "csrftoken": "t" * 32})
        return session

    def post(self, path: str, files: object = None, **fields: str) -> None:
        """Send a form."""
        data = {"csrfmiddlewaretoken": "t" * 32, **fields}
        self.session().post(self.url + path, data=data, files=files, timeout=TIMEOUT)  # type: ignore[arg-type]

    def call(self, method: str, path: str, **more: object) -> None:
        """Call the API."""
        headers = {"Authorization": f"Bearer {self.rows['key']}"}
        url = f"{self.url}/api/v1{path}"
        requests.request(method, url, headers=headers, timeout=TIMEOUT, **more)  # type: ignore[arg-type]


def look_up_song(site: Site) -> None:
    """Look for a song at its vendor."""
    site.post("/videos/new/song/", vendor="kie", task_id=f"{next(site.numbers):032x}")


def follow_film(site: Site) -> None:
    """Ask how a film of a vendor stands."""
    site.call("GET", f"/mp4/record-info?taskId={site.rows['there'].replace('-', '')}")


def reset_password(site: Site) -> None:
    """Ask for a link to a new password."""
    site.post("/accounts/password/reset/", email=f"person{next(site.numbers)}@example.com")


def order_film(site: Site) -> None:
    """Order a film that is made here."""
    task, audio = site.rows["song"]
    order = {"taskId": task, "audioId": audio, "callBackUrl": "https://example.com/done"}
    site.call("POST", "/mp4/generate", json=order | {"author": f"Ada {next(site.numbers)}"})


def upload_song(site: Site) -> None:
    """Upload a song."""
    title = f"Song {next(site.numbers)}"
    with demo.COVER.open("rb") as cover, demo.AUDIO.open("rb") as audio:
        site.post("/songs/new/", files={"audio": audio, "cover": cover}, title=title)
