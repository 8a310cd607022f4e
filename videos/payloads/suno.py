"""Videos as the JSON of Apikley, kie.ai and sunoapi.org."""

from videos.models import Video
from videos.payloads import film_urls, outcome
from videos.payloads.timestamps import rfc3339
from videos.statuses import VideoStatus

OK, FAILED = 200, 500


def webhook_payload(video: Video) -> dict[str, object]:
    """Return the body of the webhook for a final ``video``.

    Apikley, Create Music Video, callback: snake_case inside ``data``; ``video_url`` is "" where
    there is no film.
    """
    is_ready = outcome.status(video) == VideoStatus.SUCCESS
    return {
        "code": OK if is_ready else FAILED,
        "msg": "success" if is_ready else outcome.failure_message(video),
        "data": {
            "task_id": outcome.task_id(video),
            "video_url": film_urls.url(video) if is_ready else "",
        },
    }


def record_info(video: Video) -> dict[str, object]:
    """Return ``data`` of Apikley's "Get Music Video Details".

    Fields that do not apply are left out. The track is ``musicId``: the document's ``audioId`` is
    an integer, and our tracks have no such number.
    """
    status = outcome.status(video)
    data: dict[str, object] = {
        "taskId": outcome.task_id(video),
        "musicId": video.track.audio_id,
        "successFlag": status.value,
        "createTime": rfc3339(video.created_at),
    }
    if video.webhook_url:
        data["callbackUrl"] = video.webhook_url
    if not status.is_final:
        return data
    if video.completed_at:
        data["completeTime"] = rfc3339(video.completed_at)
    if status == VideoStatus.SUCCESS:
        data["response"] = {"videoUrl": film_urls.url(video)}
    else:
        data |= {"errorCode": FAILED, "errorMessage": outcome.failure_message(video)}
    return data
