"""The vendors of the Suno family: Apikley, kie.ai and sunoapi.org, which share every path.

They differ by address, key, the path of the credits and the meaning of some codes, which
``videos.vendors`` lists. The rules come from Apikley's "Create Music Video", "Get Music Video
Details" and "Get Music Task Details" (https://docs.apikley.ru/suno-api/), and kie.ai's and
sunoapi.org's pages of the same names.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from videos.providers import spellings
from videos.providers.base import MusicRecord, SongTrack, Submission, VideoRecord
from videos.providers.errors import (
    AlreadyExists,
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

# What a code means at Apikley and kie.ai
CODES: Codes = {
    400: Invalid,
    401: AuthenticationError,
    402: CreditsError,
    404: NotFound,
    408: Transient,
    409: AlreadyExists,
    413: Invalid,
    422: Invalid,
    429: Throttled,
    430: Throttled,
    451: GenerationFailed,
    455: Maintenance,
    500: Transient,
    501: GenerationFailed,
    505: Disabled,
    531: GenerationFailed,
}

# What a code means at sunoapi.org, where 429 is about credits and not about a rate limit
SUNOAPI_CODES: Codes = {
    **{code: kind for code, kind in CODES.items() if code not in {402, 408, 501, 505}},
    405: Throttled,
    429: CreditsError,
    430: Throttled,
}

OPERATIONS = {"generate", "extend", "upload_cover", "upload_extend"}
FILM_FIELDS = ("videoUrl", "video_url")


@dataclass(frozen=True)
class SunoProvider(HttpProvider):
    """One vendor of the family."""

    code_tables = {"suno": CODES, "sunoapi": SUNOAPI_CODES}

    def submit(self, submission: Submission) -> str:
        """Order a film and return the id of its task.

        Apikley, Create Music Video: ``POST /api/v1/mp4/generate``. The film of a track is made
        once for an account; a repeated order raises ``AlreadyExists``.
        """
        body = {
            "taskId": submission.task_id,
            "audioId": submission.audio_id,
            "callBackUrl": submission.callback_url,
            "author": submission.author,
            "domainName": submission.domain_name,
        }
        filled = {name: value for name, value in body.items() if value}
        return self.post("/api/v1/mp4/generate", filled, parse_task_id)

    def video(self, task_id: str, timeout: float | None = None) -> VideoRecord:
        """Return the record of a video task. Apikley, Get Music Video Details."""
        return self.get("/api/v1/mp4/record-info", {"taskId": task_id}, parse_video, timeout)

    def music(self, task_id: str, timeout: float | None = None) -> MusicRecord:
        """Return the record of a music task. Apikley, Get Music Task Details."""

        def parse(data: object) -> MusicRecord | None:
            return parse_music(data, task_id)

        return self.get("/api/v1/generate/record-info", {"taskId": task_id}, parse, timeout)

    def credits(self, timeout: float | None = None) -> float:
        """Return the credits of our account; they may be fractional."""
        return self.get(self.facts.credits_path, {}, number, timeout)

    def word_times(self, task_id: str, audio_id: str) -> list[dict[str, object]]:
        """Return a track's aligned words; each call is billed.

        sunoapi.org, Get Timestamped Lyrics: a word may contain section tags and newlines.
        """
        body = {"taskId": task_id, "audioId": audio_id}
        return self.post("/api/v1/generate/get-timestamped-lyrics", body, parse_words)


def parse_task_id(data: object) -> str | None:
    return text(first(mapping(data), "taskId", "task_id"), 100) or None


def parse_video(data: object) -> VideoRecord | None:
    """Return the record of a video task; None where ``data`` has none.

    A failed task is a valid record, with the failure in ``successFlag``. sunoapi.org also has
    ``CALLBACK_EXCEPTION``: its callback to us failed, which says nothing about the film.
    """
    record = mapping(data)
    flag = first(record, "successFlag", "success_flag", "status")
    address = _find_film_url(record)
    if not (text(flag) or address or parse_task_id(data)):
        return None  # e.g. the empty fields of a generated example, whose code is 0
    code = text(first(record, "errorCode", "error_code"), 20)
    message = single_line(first(record, "errorMessage", "error_message"))
    return VideoRecord(
        status=spellings.parse_video_status(flag, address, code, message),
        video_url=address,
        error_code=code,
        error_message=message,
        completed_at=parse_time(first(record, "completeTime", "complete_time")),
        raw=mapping(storable(record)),
    )


def _find_film_url(record: Mapping[str, object]) -> str:
    """Return the film's address: in ``response``, or where public clients look beside it."""
    response = mapping(parse_json(record.get("response")))
    candidates = [each.get(name) for each in (response, record) for name in FILM_FIELDS]
    for field in ("resultUrls", "result_urls"):
        urls = parse_json(response.get(field))
        candidates += urls[:1] if isinstance(urls, list) else []
    return next((address for each in candidates if (address := url(each))), "")


def parse_music(data: object, task_id: str) -> MusicRecord | None:
    record = mapping(data)
    status = first(record, "status", "successFlag", "success_flag")
    if not (text(status) or parse_task_id(data)):
        return None
    operation = text(first(record, "operationType", "operation_type")).lower()
    response = mapping(parse_json(record.get("response")))
    songs = mappings(first(response, "sunoData", "suno_data"))
    tracks = tuple(track for song in songs if (track := parse_track(song)))
    code = text(first(record, "errorCode", "error_code"), 20)
    message = single_line(first(record, "errorMessage", "error_message"))
    return MusicRecord(
        task_id=parse_task_id(data) or task_id,
        status=spellings.parse_music_status(
            status, [track.audio_url for track in tracks], code, message
        ),
        operation_type=operation if operation in OPERATIONS else "",
        tracks=tracks,
        error_code=code,
        error_message=message,
        raw=mapping(storable(record)),
    )


def parse_track(song: Mapping[str, object]) -> SongTrack | None:
    audio_id = text(first(song, "id", "audioId", "audio_id"), 100)
    if not audio_id:
        return None
    return SongTrack(
        audio_id=audio_id,
        audio_url=url(first(song, "audioUrl", "audio_url")),
        stream_url=url(first(song, "streamAudioUrl", "stream_audio_url")),
        image_url=url(first(song, "imageUrl", "image_url")),
        lyrics=text(first(song, "prompt", "lyrics")),
        model_name=single_line(first(song, "modelName", "model_name"), 50),
        title=single_line(song.get("title"), 200),
        tags=single_line(song.get("tags"), 1000),
        duration=parse_duration(song.get("duration")),
        created_at=parse_time(first(song, "createTime", "create_time")),
    )


def parse_words(data: object) -> list[dict[str, object]] | None:
    record = mapping(data)
    words = first(record, "alignedWords", "aligned_words")
    if words is None:
        return None
    return [_parse_word(word) for word in mappings(words) if isinstance(word.get("word"), str)]


def _parse_word(word: Mapping[str, object]) -> dict[str, object]:
    return {
        "word": str(storable(word.get("word")))[:500],
        "success": word.get("success") is not False,
        "startS": number(first(word, "startS", "start_s")),
        "endS": number(first(word, "endS", "end_s")),
        "palign": number(word.get("palign")),
    }
