"""The trash: films that their owner deleted can be taken back for a week."""

from videos.models import Video
from videos.pipeline.orders import delete_video


def move_to_trash(video: Video) -> bool:
    """Put a film into the trash, from where it is seen by nobody; it still counts as stored.

    A video without a film of ours is deleted for good: False then.
    """
    if video.move_to_trash():
        return True
    delete_video(video)
    return False


def purge_trash() -> None:
    """Delete what has been in the trash for long enough, with its files."""
    for video in Video.with_trash.expired_trash().iterator():
        delete_video(video)
