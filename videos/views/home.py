"""The front page: what the portal does, a film of it, and the public videos in pages."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from videos import keyset
from videos.models import Video
from videos.views.indexing import allow_indexing

LATEST_FIRST = keyset.Order("completed_at", descending=True)
PAGE_SIZE = 12  # rows of one, two, three and four cards are full


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the portal does and the latest public videos; with ``after`` only further ones."""
    cursor = request.GET.get("after", "")
    is_first = not keyset.is_valid_cursor(cursor, Video, LATEST_FIRST)
    videos = Video.objects.public().select_related("track")
    page = keyset.fetch_page(videos, LATEST_FIRST, cursor, PAGE_SIZE)
    context = {"videos": page.rows, "next_page": page.next, "is_first": is_first}
    response = render(request, "home.html", context)
    return allow_indexing(response) if is_first else response
