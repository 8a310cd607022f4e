"""The front page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from videos.models import Video

LATEST_COUNT = 12


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the portal does, and the latest public videos."""
    videos = Video.objects.public().select_related("track").order_by("-completed_at", "-pk")
    return render(request, "home.html", {"videos": videos[:LATEST_COUNT]})
