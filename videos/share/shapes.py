"""The other shapes of a shared film: what its owner made public of the same song."""

from videos.models import Video

MAX_SHAPES = 6


def other_shapes(video: Video) -> list[Video]:
    """Return the latest public film of the song in each other shape.

    Only public ones: whoever has the link of an unlisted video was not given those of others.
    """
    films = Video.objects.public().filter(owner=video.owner_id, track=video.track_id)
    others = films.exclude(format=video.format).order_by("-completed_at", "-pk")
    latest: dict[str, Video] = {}
    for each in others[: MAX_SHAPES * 4]:
        latest.setdefault(str(each.format), each)
    return list(latest.values())[:MAX_SHAPES]
