"""Crun, a vendor with its own paths, field names and key header.

The rules come from Crun's "Suno API: Generate Music Video" and the task query beside it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from videos.providers import spellings
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
    mapping,
    mappings,
    number,
    parse_duration,
    parse_json,
    parse_time,
    single_line,
    storable,
    text,
    url,
)

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
    531: GenerationFailed,
}
T = TypeVar("T")


@dataclass(frozen=True)
class CrunProvider(HttpProvider):
    """Crun as a vendor."""

    code_tables = {"crun": CODES}

    def authorization(self) -> dict[str, str]:
        """Return the header that carries our key. Crun, Authorizations."""
        return {"x-api-key": self.api_key}

    def submit(self, submission: Submission) -> str:
        """Order a film and return the id of its task. Crun, Generate Music Video."""
        fields = {
            "task_id": submission.task_id,
            "suno_id": submission.audio_id,
            "author": submission.author,
            "brand": submission.domain_name,
        }
        body = {
            "model": "suno/music-video",
            "callback_url": submission.callback_url,
            "input": {name: value for name, value in fields.items() if value},
        }
        return self.post("/api/v1/client/job/CreateTask", body, parse_task_id)

    def video(self, task_id: str, timeout: float | None = None) -> VideoRecord:
        """Return the record of a video task. Crun, Get Suno Task Info."""
        return self._get_task(task_id, timeout, parse_video)

    def music(self, task_id: str, timeout: float | None = None) -> MusicRecord:
        """Return the record of a music task, which is at the same path as a video task."""

        def parse(data: object) -> MusicRecord | None:
            return parse_music(data, task_id)

        return self._get_task(task_id, timeout, parse)

    def credits(self, timeout: float | None = None) -> float:
        """Return the balance of our account."""
        return self.get(
            self.facts.credits_path,
            {},
            lambda data: number(mapping(data).get("balance")),
            timeout,
        )

    def word_times(self, task_id: str, audio_id: str) -> list[dict[str, object]]:
        """Raise ``Disabled``, because Crun has no word times."""
        raise Disabled(_("Crun has no times of single words."), vendor=self.label)

    def _get_task(
        self, task_id: str, timeout: float | None, parse: Callable[[object], T | None]
    ) -> T:
        return self.get("/api/v1/client/job/TaskInfo", {"task_id": task_id}, parse, timeout)


def parse_task_id(data: object) -> str | None:
    return text(first(mapping(data), "task_id", "taskId"), 100) or None


def parse_video(data: object) -> VideoRecord | None:
    record = mapping(data)
    result = mapping(parse_json(record.get("result")))
    address = _find_film_url(result)
    if not (text(record.get("status")) or address):
        return None
    code, message = _parse_error(result)
    return VideoRecord(
        status=spellings.parse_video_status(record.get("status"), address, code, message),
        video_url=address,
        error_code=code,
        error_message=message,
        completed_at=parse_time(record.get("complete_at")),
        raw=mapping(storable(record)),
    )


def _parse_error(result: Mapping[str, object]) -> tuple[str, str]:
    """Return code and message of a failure."""
    return text(result.get("code"), 20), single_line(result.get("message"))


def _find_film_url(result: Mapping[str, object]) -> str:
    """Return the film's address: the first of ``media_urls``, else any ``…video_url``."""
    media_urls = result.get("media_urls")
    candidates = media_urls[:1] if isinstance(media_urls, list) else []
    for song in mappings(result.get("suno_data")):
        candidates += [value for name, value in song.items() if name.endswith("video_url")]
    return next((address for each in candidates if (address := url(each))), "")


def parse_music(data: object, task_id: str) -> MusicRecord | None:
    record = mapping(data)
    if not text(record.get("status")):
        return None
    result = mapping(parse_json(record.get("result")))
    songs = mappings(result.get("suno_data"))
    tracks = tuple(track for song in songs if (track := parse_track(song)))
    code, message = _parse_error(result)
    return MusicRecord(
        task_id=parse_task_id(data) or task_id,
        status=spellings.parse_music_status(
            record.get("status"), [track.audio_url for track in tracks], code, message
        ),
        operation_type="",
        tracks=tracks,
        error_code=code,
        error_message=message,
        raw=mapping(storable(record)),
    )


def parse_track(song: Mapping[str, object]) -> SongTrack | None:
    audio_id = text(first(song, "suno_id", "id"), 100)
    if not audio_id:
        return None
    return SongTrack(
        audio_id=audio_id,
        audio_url=url(first(song, "suno_audio_url", "audio_url")),
        stream_url="",
        image_url=url(first(song, "suno_image_large_url", "suno_image_url", "image_url")),
        lyrics=text(first(song, "prompt", "lyrics")),
        model_name=single_line(first(song, "model_name", "model_version"), 50),
        title=single_line(song.get("title"), 200),
        tags=single_line(song.get("tags"), 1000),
        duration=parse_duration(song.get("duration")),
        created_at=parse_time(first(song, "create_at", "created_at")),
    )
