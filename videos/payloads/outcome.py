"""The id, status and failure message of a video for programs, the same in each family's JSON.

A film that only its vendor has is still pending here: the address that we return is our own, and
it must work for simple clients, which follow no redirects and request byte ranges.
"""

from videos.models import Video
from videos.statuses import Failure, VideoStatus


def task_id(video: Video) -> str:
    """Return the task id of ``video``: 32 hexadecimal digits."""
    return video.pk.hex


def status(video: Video) -> VideoStatus:
    """Return the status of ``video``: SUCCESS only once the film is in our storage."""
    return VideoStatus.PENDING if video.is_awaiting_copy else VideoStatus(video.status)


def failure_message(video: Video) -> str:
    """Return a sentence that says why a failed ``video`` has no film."""
    if video.failure == Failure.CANCELLED:
        return "The task was cancelled."
    return video.error_message or "The film could not be made."
