"""A video in the words of Apikley, kie.ai and sunoapi.org."""

from videos.models import Video
from videos.statuses import VideoStatus
from videos.wire import film, outcome

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
            "video_url": film.url(video) if made else "",
        },
    }
