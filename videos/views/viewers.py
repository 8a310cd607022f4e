"""Counts that somebody plays a shared film: its pages say so (``count_view.js``)."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from videos.models import ViewCount
from videos.share.viewers import count_view
from videos.views.shared_videos import get_visible_video


@csrf_exempt  # browsers send no cookie from a frame in another site
@login_not_required
@require_POST
def record_view(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    """Count a view at ``place``; whoever may not watch gets 404, and nobody learns the count."""
    video = get_visible_video(request, slug)
    if not video.is_ready:
        raise Http404
    count_view(request, video, ViewCount.Place(place))
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
