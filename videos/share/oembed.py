"""oEmbed: what other sites ask to show a video where somebody pasted its link (oembed.com, 1.0)."""

from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit
from xml.etree import ElementTree

import idna
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.urls import Resolver404, resolve, reverse

from videos.models import Video
from videos.share import preview_card
from videos.share.addresses import absolute_url, page_url
from videos.share.embed import embed_html, fit_frame
from videos.share.start_time import parse_start
from videos.share.xml_text import xml_text
from videos.statuses import Visibility

_DEFAULT_PORTS = {"http": 80, "https": 443}
_PAGES = {"videos:share", "videos:embed"}

Answer = dict[str, str | int]


def find_video(url: str) -> tuple[Video, float] | None:
    """Return the video of a page's address with the moment at which it is to start, in seconds.

    None for addresses of other sites and other pages, and for a video that not everybody with its
    link may see and embed: who asks has no session here. One that has a password is returned.
    """
    parts = _split(url)
    if parts is None or _host(parts) != _host(urlsplit(settings.SITE_URL)):
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    if match.view_name not in _PAGES:
        return None
    embeddable = Q(embedding_allowed=True) | Q(visibility=Visibility.PASSWORD)
    shared = Video.objects.openable_by(AnonymousUser()).filter(embeddable)
    video = shared.select_related("track").filter(slug=match.kwargs["slug"]).first()
    return (video, _start(parts)) if video else None


def oembed(video: Video, start: float, max_width: int | None, max_height: int | None) -> Answer:
    """Return the answer: a player of the film's ratio, within these pixels."""
    frame = fit_frame(video, max_width, max_height)
    card = preview_card.card(video)
    answer: Answer = {
        "type": "video",
        "version": "1.0",
        "title": card.title,
        "provider_name": card.site_name,
        "provider_url": f"{settings.SITE_URL}/",
        "width": frame.width,
        "height": frame.height,
        "html": embed_html(video, frame, start),
    }
    if video.author:
        answer["author_name"] = video.author
    if card.image_url and _fits(card, max_width, max_height):
        answer |= {
            "thumbnail_url": card.image_url,
            "thumbnail_width": card.image_width,
            "thumbnail_height": card.image_height,
        }
    return answer


def to_xml(answer: Answer) -> bytes:
    """Return an answer as an XML document."""
    root = ElementTree.Element("oembed")
    for name, value in answer.items():
        ElementTree.SubElement(root, name).text = xml_text(str(value))
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def discovery_url(video: Video, format: str, start: float = 0) -> str:
    """Return the address at which sites that read the share page find its answer."""
    query = urlencode({"url": page_url(video, start), "format": format})
    return f"{absolute_url(reverse('videos:oembed'))}?{query}"


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        is_web = parts.scheme in _DEFAULT_PORTS and parts.hostname
        return parts if is_web and parts.port != 0 else None
    except ValueError:  # no address at all
        return None


def _host(parts: SplitResult) -> tuple[str, int | None]:
    """Return the host in ASCII and its port, None for the usual one of either scheme."""
    host = (parts.hostname or "").rstrip(".")
    try:
        host = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return "", None
    port = parts.port
    return host, None if port in (None, *_DEFAULT_PORTS.values()) else port


def _start(parts: SplitResult) -> float:
    """Return the moment after ``?t=`` or ``#t=``."""
    try:
        query = parse_qs(parts.query, max_num_fields=20)
        values = query | parse_qs(parts.fragment, max_num_fields=20)
    except ValueError:
        return 0.0
    return parse_start(values.get("t", [""])[0])


def _fits(card: preview_card.Card, max_width: int | None, max_height: int | None) -> bool:
    """Return whether the picture is within the pixels that are allowed."""
    is_narrow = max_width is None or card.image_width <= max_width
    return is_narrow and (max_height is None or card.image_height <= max_height)
