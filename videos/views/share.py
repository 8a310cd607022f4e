"""The share page that visitors open, and the player that other sites embed."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from videos.lyrics.timed_lyrics import film_lines
from videos.models import Video
from videos.share import preview_card
from videos.share.addresses import page_url
from videos.share.audience import audience, is_shared
from videos.share.embed import embed_sizes
from videos.share.networks import network_links
from videos.share.oembed import discovery_url
from videos.share.provenance import provenance, vendor_label
from videos.share.qr_code import qr_svg
from videos.share.shapes import other_shapes
from videos.share.start_time import format_start, parse_start
from videos.statuses import Visibility
from videos.views import share_parts
from videos.views.csp import allow_framing, allow_vendor_film
from videos.views.indexing import allow_indexing_of
from videos.views.shared_videos import (
    CACHE_CONTROL,
    get_openable_video,
    get_visible_video,
    is_locked,
)
from videos.views.video_password import enter_password
from videos.views.visitor_pages import note_others

MORE_COUNT = 4  # other videos of the author; the rest is on a page of its own
THEMES = {"light", "dark"}
FIRST_FRAME = 0.001  # seconds: at exactly 0, iPhones show nothing before somebody plays the film


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@conditional_page
@sensitive_post_parameters("password")
def share_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a shared video to anybody who has its link, a private one to its owner only.

    Visitors of one with a password enter it first, which is what POST is for.
    """
    state = share_parts.read(request, slug)
    if stored := share_parts.find(request, state):
        page = render(request, "share/share.html", {"parts": stored.parts})
        return _with_headers(page, stored.video)
    videos = Video.objects.with_more_by_author().with_other_shapes()
    video = get_openable_video(request, slug, videos)
    if is_locked(request, video):
        return enter_password(request, video)
    if request.method == "POST":  # it was unlocked meanwhile, in another tab
        return redirect(request.get_full_path())
    if not video.is_ready:
        return redirect(video)
    shapes = other_shapes(video) if video.has_other_shapes else []
    more = _more_by_author(video)
    parts: share_parts.Parts = {}
    context = _page_context(request, video) | {"shapes": shapes, "more": more, "parts": parts}
    page = render(request, "share/share.html", context)
    note_others(page, (*shapes, *more))
    share_parts.store(request, video, state, (*shapes, *more), parts)
    return _with_headers(page, video)


def _with_headers(page: HttpResponse, video: Video) -> HttpResponse:
    return allow_indexing_of(allow_vendor_film(page, video), video)


@login_not_required
@require_safe
@conditional_page
def embed_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show nothing but the player, in a frame of another site where the owner allows that.

    ``t``, ``theme``, ``autoplay``, ``muted``, ``loop`` and ``lyrics`` are parameters.
    """
    video = get_openable_video(request, slug)
    if not (video.is_ready and video.is_embeddable):
        return redirect("videos:share", video.slug)
    theme = request.GET.get("theme", "")
    flags = ("autoplay", "muted", "loop")
    context = _player_context(request, video) | {
        "theme": theme if theme in THEMES else "",
        "flags": [name for name in flags if _is_on(request, name)],
        "has_lyrics_panel": _is_on(request, "lyrics"),
        # The poster weighs more than all the rest: the film's own first frame stands there instead
        "is_embedded": True,
        "start": format_start(_start(request) or FIRST_FRAME),
    }
    page = render(request, "share/embed.html", context)
    return allow_framing(allow_vendor_film(page, video))


@login_not_required
@require_safe
@conditional_page
def qr_code(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the QR code of the share page."""
    video = get_visible_video(request, slug)
    headers = {"Cache-Control": CACHE_CONTROL}
    return HttpResponse(qr_svg(page_url(video)), content_type="image/svg+xml", headers=headers)


def _more_by_author(video: Video) -> list[Video]:
    """Return the latest other public videos of a public one's author."""
    if video.visibility != Visibility.PUBLIC or not video.has_more_by_author:
        return []
    others = (
        Video.objects.by_author(video.owner_id, video.author)
        .exclude(pk=video.pk)
        .select_related("track")
    )
    return list(others.order_by("-completed_at", "-pk")[:MORE_COUNT])


def _page_context(request: HttpRequest, video: Video) -> dict[str, object]:
    start = _start(request)
    return _player_context(request, video) | {
        "heading": " · ".join(text for text in (video.title, video.author) if text),
        "provenance": provenance(video),
        "vendor": vendor_label(video.provider),
        "oembed_json_url": discovery_url(video, "json", start),
        "oembed_xml_url": discovery_url(video, "xml", start),
        "embed_sizes": embed_sizes(video, start),
        "networks": network_links(page_url(video), str(video.title)),
        "is_owner": video.owner_id == request.user.pk,
        "audience": audience(video),
        "is_shared": is_shared(video),
    }


def _player_context(request: HttpRequest, video: Video) -> dict[str, object]:
    start = _start(request)
    return {
        "video": video,
        "card": preview_card.card(video),
        "lines": film_lines(video),
        "start": format_start(start) if start else "",
    }


def _start(request: HttpRequest) -> float:
    return parse_start(request.GET.get("t", ""))


def _is_on(request: HttpRequest, name: str) -> bool:
    return request.GET.get(name, "").lower() in {"1", "true"}
