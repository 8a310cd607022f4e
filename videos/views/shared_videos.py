"""What all addresses of a share page have in common: who may see them, and how they are cached."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from videos.models import Video
from videos.models.video_queryset import VideoQuerySet, is_reviewer
from videos.share.password import is_unlocked

# Browsers revalidate each time, because access may have been withdrawn; others store nothing
CACHE_CONTROL = "private, no-cache"


def get_visible_video(request: HttpRequest, slug: str) -> Video:
    """Return the video if it is shared, or the user's own; raises ``Http404`` for all others.

    So it does for one whose password the visitor has not entered.
    """
    video = get_openable_video(request, slug)
    if is_locked(request, video):
        raise Http404
    return video


def get_openable_video(
    request: HttpRequest, slug: str, videos: "VideoQuerySet[Video] | None" = None
) -> Video:
    """Return the video also where the visitor has yet to enter its password.

    ``videos`` are those to look among, with annotations for instance: all of them if there is none.
    """
    openable = (Video.objects.all() if videos is None else videos).openable_by(request.user)
    openable = openable.select_related("track__music_task")
    return get_object_or_404(openable, slug=slug)


def is_locked(request: HttpRequest, video: Video) -> bool:
    """Return whether the visitor has to enter the password of ``video`` first."""
    if not video.needs_password or video.owner_id == request.user.pk:
        return False
    is_reviewed = video.hidden_at is not None and is_reviewer(request.user)
    return not is_reviewed and not is_unlocked(request, video)
