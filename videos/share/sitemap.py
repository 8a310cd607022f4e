"""The sitemap: the front page and the pages of public videos, for search engines (sitemaps.org).

Django's own framework renders a template for each address and counts pages by the host of the
request. This one writes text, by the site's own address.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from xml.sax.saxutils import escape

from django.core.cache import cache
from django.urls import reverse

from videos.models import Video
from videos.share.addresses import absolute_url

FILE_URLS = 1000  # of one file: 100 kB, which takes a tenth of a second
MAX_URLS = 50_000  # that search engines take in one
CACHE_TTL = 3600  # seconds for which the files begin where they began
CACHE_KEY = "sitemap-starts"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

Entry = tuple[str, datetime | None]  # an address, and when its page was last changed


def file_starts() -> list[datetime]:
    """Return when the first video of each file was completed; empty where none is public.

    The oldest videos come first, so that a new one changes the last file only.
    """
    starts: list[datetime] | None = cache.get(CACHE_KEY)
    if not starts:
        videos = Video.objects.public().order_by("completed_at")
        times = videos.values_list("completed_at", flat=True)
        starts = [time for time in islice(times.iterator(), 0, None, FILE_URLS) if time]
        cache.set(CACHE_KEY, starts, CACHE_TTL)
    return starts


def sitemap(starts: list[datetime], number: int = 1) -> str:
    """Return the file ``number``, from 1 on; the first one has the front page, too."""
    videos = Video.objects.public().order_by("completed_at", "pk")
    if number > 1:
        videos = videos.filter(completed_at__gte=starts[number - 1])
    if number < len(starts):
        videos = videos.filter(completed_at__lt=starts[number])
    rows = videos.values_list("slug", "completed_at")[: MAX_URLS - 1]
    entries: list[Entry] = [(reverse("videos:home"), None)] if number == 1 else []
    entries += [(reverse("videos:share", args=[slug]), changed) for slug, changed in rows]
    return _document("urlset", "url", entries)


def sitemap_index(files: int) -> str:
    """Return the list of that many files."""
    numbers = range(1, files + 1)
    entries = [(reverse("videos:sitemap_file", args=[number]), None) for number in numbers]
    return _document("sitemapindex", "sitemap", entries)


def _document(root: str, element: str, entries: Iterable[Entry]) -> str:
    items = "".join(f"<{element}>{_item(*entry)}</{element}>\n" for entry in entries)
    return f'{_HEAD}<{root} xmlns="{_NAMESPACE}">\n{items}</{root}>\n'


def _item(path: str, changed: datetime | None) -> str:
    date = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return f"<loc>{escape(absolute_url(path))}</loc>{date}"
