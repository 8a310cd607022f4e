"""The trash: films that their owner deleted can be taken back for a week."""

from datetime import datetime

from videos.models import Video
from videos.pipeline.orders import delete_video


def move_to_trash(video: Video, moment: datetime | None = None) -> bool:
    """Put a film into the trash, from where it is seen by nobody; it still counts as stored.

    A video without a film of ours is deleted for good: False then. What is deleted at the same
    ``moment`` can be taken back together.
    """
    if video.move_to_trash(moment):
        return True
    delete_video(video)
    return False


def purge_trash() -> None:
    """Delete what has been in the trash for long enough, with its files."""
    for video in Video.with_trash.expired_trash().iterator():
        delete_video(video)
