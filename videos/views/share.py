"""The share page that visitors open."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from videos.lyrics.timed_lyrics import timed_lines
from videos.models import Video
from videos.share import preview_card
from videos.views.csp import allow_vendor_film


@login_not_required
@require_safe
def share_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a shared video to anybody who has its link, a private one to its owner only."""
    videos = Video.objects.visible_to(request.user).select_related("track")
    video = get_object_or_404(videos, slug=slug)
    if not video.is_ready:
        return redirect(video)
    context = {
        "video": video,
        "card": preview_card.card(video),
        "lines": timed_lines(video.track),
        "is_owner": video.owner_id == request.user.pk,
    }
    return allow_vendor_film(render(request, "share/share.html", context), video)
