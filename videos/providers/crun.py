"""Crun, which has paths, names and a key header of its own.

The rules come from Crun's "Suno API: Generate Music Video" and the task query beside it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from videos.providers.base import MusicRecord, SongTrack, Submission, VideoRecord
from videos.providers.errors import (
    AuthenticationError,
    CreditsError,
    Disabled,
    GenerationFailed,
    Invalid,
    Maintenance,
    NotFound,
    Throttled,
    Transient,
)
from videos.providers.http import Codes, HttpProvider
from videos.providers.json_fields import (
    first,
    kept,
    line,
    mapping,
    mappings,
    moment,
    number,
    text,
    url,
)
from videos.providers.suno import length
from videos.statuses import MusicStatus, VideoStatus

CODES: Codes = {
    401: AuthenticationError,
    402: CreditsError,
    404: NotFound,
    422: Invalid,
    429: Throttled,
    455: Maintenance,
    500: Transient,
    501: GenerationFailed,
    505: Disabled,
}
T = TypeVar("T")

DONE, FAILED = {"success"}, {"failed", "error"}  # every other status is one of waiting


@dataclass(frozen=True)
class CrunProvider(HttpProvider):
    """Crun as a vendor."""

    code_tables = {"crun": CODES}

    def authorization(self) -> dict[str, str]:
        """Return the header that carries our key. Crun, Authorizations."""
        return {"x-api-key": self.api_key}

    def submit(self, submission: Submission) -> str:
        """Order a film and return the id of its task. Crun, Generate Music Video."""
        given = {
            "task_id": submission.task_id,
            "suno_id": submission.audio_id,
            "author": submission.author,
            "brand": submission.domain_name,
        }
        body = {
            "model": "suno/music-video",
            "callback_url": submission.callback_url,
            "input": {name: value for name, value in given.items() if value},
        }
        return self.post("/api/v1/client/job/CreateTask", body, _task_id)

    def video(self, task_id: str, timeout: float | None = None) -> VideoRecord:
        """Return how a film stands. Crun, Get Suno Task Info."""
        return self._task(task_id, timeout, _video)

    def music(self, task_id: str, timeout: float | None = None) -> MusicRecord:
        """Return how a song stands: the same query tells of every kind of task."""

        def wanted(data: object) -> MusicRecord | None:
            return _music(data, task_id)

        return self._task(task_id, timeout, wanted)

    def credits(self, timeout: float | None = None) -> float:
        """Return the balance of our account."""
        return self.get(
            self.facts.credits_path,
            {},
            lambda data: number(mapping(data).get("balance")),
            timeout,
        )

    def word_times(self, task_id: str, audio_id: str) -> list[dict[str, object]]:
        """Raise ``Disabled``: Crun has no word times."""
        raise Disabled(_("Crun has no times of single words."), vendor=self.label)

    def _task(
        self, task_id: str, timeout: float | None, wanted: Callable[[object], T | None]
    ) -> T:
        return self.get("/api/v1/client/job/TaskInfo", {"task_id": task_id}, wanted, timeout)


def _task_id(data: object) -> str | None:
    return text(first(mapping(data), "task_id", "taskId"), 100) or None


def _video(data: object) -> VideoRecord | None:
    record = mapping(data)
    word = text(record.get("status")).lower()
    if not word:
        return None
    result = mapping(record.get("result"))
    address = _film(result)
    return VideoRecord(
        status=_status(word, address),
        video_url=address,
        error_code=text(result.get("code"), 20),
        error_message=line(result.get("message")),
        completed_at=moment(record.get("complete_at")),
        raw=mapping(kept(record)),
    )


def _status(word: str, address: str) -> VideoStatus:
    if word in FAILED:
        return VideoStatus.GENERATE_MP4_FAILED
    return VideoStatus.SUCCESS if word in DONE and address else VideoStatus.PENDING


def _film(result: Mapping[str, object]) -> str:
    """Return the film's address: the first of ``media_urls``, else any ``…video_url``."""
    listed = result.get("media_urls")
    candidates = listed[:1] if isinstance(listed, list) else []
    for song in mappings(result.get("suno_data")):
        candidates += [value for name, value in song.items() if name.endswith("video_url")]
    return next((address for each in candidates if (address := url(each))), "")


def _music(data: object, task_id: str) -> MusicRecord | None:
    record = mapping(data)
    word = text(record.get("status")).lower()
    if not word:
        return None
    result = mapping(record.get("result"))
    tracks = (_track(song) for song in mappings(result.get("suno_data")))
    status = MusicStatus.PENDING
    if word in DONE:
        status = MusicStatus.SUCCESS
    elif word in FAILED:
        status = MusicStatus.GENERATE_AUDIO_FAILED
    return MusicRecord(
        task_id=_task_id(data) or task_id,
        status=status,
        operation_type="",
        tracks=tuple(track for track in tracks if track),
        error_code=text(result.get("code"), 20),
        error_message=line(result.get("message")),
        raw=mapping(kept(record)),
    )


def _track(song: Mapping[str, object]) -> SongTrack | None:
    audio_id = text(first(song, "suno_id", "id"), 100)
    if not audio_id:
        return None
    return SongTrack(
        audio_id=audio_id,
        audio_url=url(first(song, "suno_audio_url", "audio_url")),
        stream_url="",
        image_url=url(first(song, "suno_image_large_url", "suno_image_url", "image_url")),
        lyrics=text(first(song, "prompt", "lyrics")),
        model_name=line(first(song, "model_name", "model_version"), 50),
        title=line(song.get("title"), 200),
        tags=line(song.get("tags"), 1000),
        duration=length(song.get("duration")),
        created_at=moment(first(song, "create_at", "created_at")),
    )
