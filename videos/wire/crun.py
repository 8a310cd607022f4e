"""A video in Crun's words."""

from videos.models import Video
from videos.statuses import Stage, VideoStatus
from videos.wire import film, outcome

FAILED = 501
"""Crun, Get Suno Task Info: "Generation Failed - Content generation task failed"."""


def task_info(video: Video) -> dict[str, object]:
    """Return ``data`` of ``TaskInfo``; a callback is the same, without an envelope.

    Times are epoch seconds; ``result`` is null until there is one.
    """
    status = outcome.status(video)
    said: dict[str, object] = {
        "task_id": outcome.task_id(video),
        "provider": "suno",
        "model_version": "music-video",
        "status": _status(video, status),
        "param": _param(video),
        "create_at": int(video.created_at.timestamp()),
        "source": "api",
        "credits": 0,
        "result": _result(video, status),
    }
    if status.is_final and video.completed_at:
        said["complete_at"] = int(video.completed_at.timestamp())
    if video.duration:
        said["duration_s"] = round(video.duration, 2)
    return said


def _status(video: Video, status: VideoStatus) -> str:
    if not status.is_final:
        return "pending" if video.stage == Stage.QUEUED else "running"
    return "success" if status == VideoStatus.SUCCESS else "failed"


def _param(video: Video) -> dict[str, str]:
    param = {
        "task_id": str(video.track.music_task.task_id),
        "suno_id": str(video.track.audio_id),
        "author": video.author,
        "brand": video.domain_name,
    }
    return {name: value for name, value in param.items() if value}


def _result(video: Video, status: VideoStatus) -> dict[str, object] | None:
    if not status.is_final:
        return None
    if status == VideoStatus.SUCCESS:
        return {"media_urls": [film.url(video)]}
    return {"code": FAILED, "message": outcome.failure_message(video)}
