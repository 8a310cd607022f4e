"""Music tasks as the JSON of Apikley, kie.ai and sunoapi.org."""

import json
from collections.abc import Mapping, Sequence

from videos.media.sound_warnings import sound_warnings
from videos.models import MusicTask, Track
from videos.payloads import song_urls
from videos.payloads.timestamps import rfc3339
from videos.render.lyrics import strip_timestamps
from videos.statuses import MusicStatus

OPERATIONS = {"generate", "extend", "upload_cover", "upload_extend"}
TYPES = {"chirp-v3-5", "chirp-v4"}
ERRORS = {400, 408, 413}
NOT_FETCHED = 408  # of the documented codes, the one of time-outs; for audio we could not fetch

FAILURES = {
    MusicStatus.CREATE_TASK_FAILED,
    MusicStatus.GENERATE_AUDIO_FAILED,
    MusicStatus.SENSITIVE_WORD_ERROR,
}
WITH_TRACKS = {MusicStatus.FIRST_SUCCESS, MusicStatus.SUCCESS, MusicStatus.CALLBACK_EXCEPTION}


def record_info(task: MusicTask, tracks: Sequence[Track]) -> dict[str, object]:
    """Return ``data`` of Apikley's "Get Music Task Details" for ``task`` and its ``tracks``.

    A song that was uploaded here has the operation ``upload_cover``. Fields that do not apply are
    left out.
    """
    operation = task.operation_type
    data: dict[str, object] = {
        "taskId": task.task_id,
        "parentMusicId": _text(task.record, "parentMusicId"),
        "param": _text(task.record, "param") or _param(tracks),
        "status": task.status,
        "operationType": operation if operation in OPERATIONS else "upload_cover",
    }
    if task.status in WITH_TRACKS and tracks:
        data["response"] = {"taskId": task.task_id, "sunoData": [_suno_data(t) for t in tracks]}
    if kind := next((track.model_name for track in tracks if track.model_name in TYPES), ""):
        data["type"] = kind
    if warnings := [sentence for track in tracks for sentence in sound_warnings(track)]:
        data["warnings"] = warnings
    if task.status in FAILURES:
        data["errorCode"] = _error_code(task)
        data["errorMessage"] = task.error_message or str(task.get_status_display())
    return data


def _suno_data(track: Track) -> dict[str, object]:
    audio = song_urls.audio_url(track)
    return {
        "id": track.audio_id,
        "audioUrl": audio,
        "streamAudioUrl": audio,
        "imageUrl": song_urls.cover_url(track),
        "prompt": strip_timestamps(track.lyrics),
        "modelName": track.model_name,
        "title": track.title,
        "tags": track.tags,
        "createTime": rfc3339(track.created_at),
        "duration": round(float(track.duration or 0), 2),
    }


def _param(tracks: Sequence[Track]) -> str:
    """Return the parameters of the task's order, as far as we know them, as JSON."""
    if not tracks:
        return "{}"
    first = tracks[0]
    param = {
        "prompt": strip_timestamps(first.lyrics),
        "style": first.tags,
        "title": first.title,
        "customMode": True,
        "instrumental": not first.lyrics,
    }
    return json.dumps(param, ensure_ascii=False)


def _error_code(task: MusicTask) -> int:
    code = task.record.get("errorCode") if isinstance(task.record, dict) else None
    return int(code) if code in ERRORS else NOT_FETCHED


def _text(record: object, name: str) -> str:
    """Return the field ``name`` of the vendor's record, "" where it is not text."""
    value = record.get(name) if isinstance(record, Mapping) else None
    return value if isinstance(value, str) else ""
