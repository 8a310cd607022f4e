"""What all addresses of a share page have in common: who may see them, and how they are cached."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from videos.models import Video
from videos.statuses import Visibility

# Caches revalidate each time, because access may have been withdrawn
PRIVATE_CACHE, PUBLIC_CACHE = "private, no-cache", "public, no-cache"


def get_visible_video(request: HttpRequest, slug: str) -> Video:
    """Return the video if it is shared, or the user's own; raises ``Http404`` for all others."""
    visible = Video.objects.visible_to(request.user).select_related("track__music_task")
    return get_object_or_404(visible, slug=slug)


def cache_control(video: Video) -> str:
    """Return the value of ``Cache-Control`` for what belongs to ``video``."""
    return PUBLIC_CACHE if video.visibility == Visibility.PUBLIC else PRIVATE_CACHE
