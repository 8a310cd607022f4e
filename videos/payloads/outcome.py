"""What programs are told of a video, whatever the family of words.

A film that only its vendor has is still in the making on the wire: the address that we give is
our own, and it must work for plain clients, which follow no redirects and ask for ranges.
"""

from videos.models import Video
from videos.statuses import VideoStatus


def task_id(video: Video) -> str:
    """Return the id under which programs know ``video``."""
    return video.pk.hex


def status(video: Video) -> VideoStatus:
    """Return where ``video`` stands: ready only once the film is in our storage."""
    return VideoStatus.PENDING if video.awaits_copy else VideoStatus(video.status)


def failure_message(video: Video) -> str:
    """Return in a sentence why there is no film of a failed ``video``."""
    if video.failure == Video.Failure.CANCELLED:
        return "The task was cancelled."
    return video.error_message or "The film could not be made."
