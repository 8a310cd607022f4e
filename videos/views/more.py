"""The other public videos of a public video's author, as pages and as an Atom feed."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import conditional_page, require_safe

from videos import keyset
from videos.models import Video
from videos.share.addresses import url_of
from videos.share.feed import CONTENT_TYPE, author_feed
from videos.views.shared_videos import CACHE_CONTROL

LATEST_FIRST = keyset.Order("completed_at", descending=True)
FEED_COUNT = 50


@login_not_required
@require_safe
@conditional_page
def more_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what else the author of a public video has made public."""
    video = _get_public_video(slug)
    others = (
        Video.objects.by_author(video.owner_id, video.author)
        .exclude(pk=video.pk)
        .select_related("track")
    )
    page = keyset.fetch_page(others, LATEST_FIRST, request.GET.get("after", ""))
    context = {
        "video": video,
        "videos": page.rows,
        "next_page": page.next,
        "canonical_url": url_of("videos:more", video),
    }
    return render(request, "share/more.html", context)


@login_not_required
@require_safe
@conditional_page
def more_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the Atom feed of the author's public videos, this one included."""
    video = _get_public_video(slug)
    videos = Video.objects.by_author(video.owner_id, video.author).select_related("track")
    latest = videos.order_by(*LATEST_FIRST.columns)[:FEED_COUNT]
    headers = {"Cache-Control": CACHE_CONTROL}
    return HttpResponse(author_feed(video, latest), content_type=CONTENT_TYPE, headers=headers)


def _get_public_video(slug: str) -> Video:
    """Return a public video; raises ``Http404`` for all others, also for their owners."""
    return get_object_or_404(Video.objects.public().select_related("track"), slug=slug)
