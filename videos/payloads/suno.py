"""A video in the words of Apikley, kie.ai and sunoapi.org."""

from videos.models import Video
from videos.payloads import film_urls, outcome
from videos.payloads.timestamps import rfc3339
from videos.statuses import VideoStatus

OK, FAILED = 200, 500


def callback(video: Video) -> dict[str, object]:
    """Return what is posted once ``video`` is final.

    Apikley, Create Music Video, callback: snake_case inside ``data``; ``video_url`` is "" where
    there is no film.
    """
    made = outcome.status(video) == VideoStatus.SUCCESS
    return {
        "code": OK if made else FAILED,
        "msg": "success" if made else outcome.failure_message(video),
        "data": {
            "task_id": outcome.task_id(video),
            "video_url": film_urls.url(video) if made else "",
        },
    }


def record_info(video: Video) -> dict[str, object]:
    """Return ``data`` of Apikley's "Get Music Video Details".

    What does not apply is left out. The track is ``musicId``: the document's ``audioId`` is an
    integer, and tracks have no such number.
    """
    status = outcome.status(video)
    said: dict[str, object] = {
        "taskId": outcome.task_id(video),
        "musicId": video.track.audio_id,
        "successFlag": status.value,
        "createTime": rfc3339(video.created_at),
    }
    if video.callback_url:
        said["callbackUrl"] = video.callback_url
    if not status.is_final:
        return said
    if video.completed_at:
        said["completeTime"] = rfc3339(video.completed_at)
    if status == VideoStatus.SUCCESS:
        said["response"] = {"videoUrl": film_urls.url(video)}
    else:
        said |= {"errorCode": FAILED, "errorMessage": outcome.failure_message(video)}
    return said
