"""Videos and songs as Crun's JSON."""

from collections.abc import Sequence

from videos.models import MusicTask, Track, Video
from videos.payloads import film_urls, music, outcome, song_urls
from videos.render.lyrics import strip_timestamps
from videos.statuses import MusicStatus, Stage, VideoStatus

# Crun, Get Suno Task Info: "Generation Failed - Content generation task failed"
FAILED = 501


def task_info(video: Video) -> dict[str, object]:
    """Return ``data`` of ``TaskInfo`` for a video; a webhook is the same, without an envelope.

    Times are epoch seconds; ``result`` is null while the video is in progress.
    """
    status = outcome.status(video)
    data: dict[str, object] = {
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
        data["complete_at"] = int(video.completed_at.timestamp())
    if video.duration:
        data["duration_s"] = round(video.duration, 2)
    return data


def song_info(task: MusicTask, tracks: Sequence[Track]) -> dict[str, object]:
    """Return ``data`` of ``TaskInfo`` for a music task and its ``tracks``."""
    music_status = MusicStatus(task.status)
    status = "success" if music_status == MusicStatus.SUCCESS else "running"
    result: dict[str, object] | None = None
    if music_status in music.FAILURES:
        status = "failed"
        result = {"code": FAILED, "message": task.error_message or str(music_status.label)}
    elif status == "success":
        result = {"suno_data": [_suno_data(track) for track in tracks]}
    return {
        "task_id": task.task_id,
        "provider": "suno",
        "model_version": tracks[0].model_name if tracks else "",
        "status": status,
        "param": {"title": tracks[0].title, "tags": tracks[0].tags} if tracks else {},
        "create_at": int(task.created_at.timestamp()),
        "source": "api",
        "credits": 0,
        "result": result,
    }


def _suno_data(track: Track) -> dict[str, object]:
    cover = song_urls.cover_url(track)
    return {
        "suno_id": track.audio_id,
        "title": track.title,
        "tags": track.tags,
        "prompt": strip_timestamps(track.lyrics),
        "suno_audio_url": song_urls.audio_url(track),
        "suno_image_url": cover,
        "suno_image_large_url": cover,
        "duration": round(float(track.duration or 0), 2),
    }


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
        return {"media_urls": [film_urls.url(video)]}
    return {"code": FAILED, "message": outcome.failure_message(video)}
