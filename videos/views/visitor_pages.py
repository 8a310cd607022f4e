"""Share pages as visitors see them: rendered once, and sent again while nothing changes.

Each request reads the rows that its page shows and that say who may watch: while they are the same,
so is the answer, and whatever is withdrawn is refused at once. So is a page that shows another
video which is public no more; what else it shows of others, such as a new one of its author, may be
older by ``VISITOR_PAGE_SECONDS``.

Only pages are stored that are the same for everybody: of requests without a cookie but that of the
language, and of videos without a password or an end. So is the leave to send a film, which nginx
asks for with each range that a visitor's browser requests (``X-Accel-Redirect``).
"""

import re
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import resolve, reverse
from django.utils.cache import get_conditional_response

from videos.languages import choice
from videos.models import Track, Video
from videos.statuses import Visibility

MAX_PAGES = 200  # of one process: 10 MB
SLUG = "[-a-zA-Z0-9_]+"
OPEN_TO_ALL = (Visibility.UNLISTED, Visibility.PUBLIC)
GetResponse = Callable[[HttpRequest], HttpResponseBase]
Key = tuple[str, str, str]  # host, address, language
State = tuple[object, ...]  # the values of all columns


@dataclass(frozen=True)
class StoredPage:
    """A page, the rows that it was made of, and when it is too old."""

    state: State
    others: frozenset[uuid.UUID]  # the public videos that it shows beside its own
    content: bytes
    headers: dict[str, str]
    expires_at: float  # by the monotonic clock, in seconds


stored_pages: dict[Key, StoredPage] = {}
_lock = threading.Lock()


def answer_visitor(request: HttpRequest, get_response: GetResponse) -> HttpResponseBase | None:
    """Return a visitor's share page, stored or from ``get_response``; None for other requests."""
    match = _address(is_film_sent=not settings.MEDIA_ACCEL_PREFIX).fullmatch(request.path)
    if not (match and is_the_same_for_all(request)):
        return None
    state = read_state(match[1])
    if state is None:
        return None
    language = choice.of_address(request) or choice.of_browser(request)
    key = (request.get_host(), request.get_full_path(), language)  # raises DisallowedHost
    page = stored_pages.get(key)
    is_fresh = page and page.state == state and time.monotonic() < page.expires_at
    if page and is_fresh and are_public(page.others):
        request.resolver_match = resolve(request.path)
        return _send(request, page)
    response = get_response(request)
    _store(key, state, response)
    return response


def note_others(page: HttpResponse, videos: Iterable[Video]) -> None:
    """Note the public videos that a share page shows beside its own."""
    page.other_videos = frozenset(video.pk for video in videos)  # type: ignore[attr-defined]


def forget_all() -> None:
    """Empty the memory of this process."""
    with _lock:
        stored_pages.clear()


def is_the_same_for_all(request: HttpRequest) -> bool:
    """Return whether all who send this request get the same page, which is then sent from here."""
    return (
        request.method in {"GET", "HEAD"}
        and request.COOKIES.keys() <= {settings.LANGUAGE_COOKIE_NAME}
        and request.GET.keys() <= {choice.PARAMETER}
        and "HTTP_HX_REQUEST" not in request.META
        and settings.VISITOR_PAGE_SECONDS > 0
    )


def are_public(others: frozenset[uuid.UUID]) -> bool:
    """Return whether everybody may watch each of these videos."""
    return not others or Video.objects.public().filter(pk__in=others).count() == len(others)


def read_state(slug: str) -> State | None:
    """Return what is stored of a video that is open to all, of its song and of its owner."""
    statement, visibility, shared_until = _statement()
    with connection.cursor() as cursor:
        cursor.execute(statement, [slug])
        row: State | None = cursor.fetchone()
    is_open = row and row[visibility] in OPEN_TO_ALL and row[shared_until] is None
    return row if is_open else None


@cache
def _statement() -> tuple[str, int, int]:
    """Return the query, which is compiled once, and the places of two columns in its rows."""
    video = [field.attname for field in Video._meta.concrete_fields]
    track = [f"track__{field.attname}" for field in Track._meta.concrete_fields]
    rows = Video.with_trash.filter(slug="").order_by()
    others = ("track__music_task__operation_type", "track__music_task__provider")
    query = rows.values_list(*video, *track, *others, "owner__is_active").query
    return query.sql_with_params()[0], video.index("visibility"), video.index("shared_until")


def _store(key: Key, state: State, response: HttpResponseBase) -> None:
    """Store a page that is the same for all."""
    if response.status_code != 200 or response.cookies or not isinstance(response, HttpResponse):
        return
    headers = dict(response.headers.items())
    if not headers["Content-Type"].startswith("text/html") and "X-Accel-Redirect" not in headers:
        return  # the headers of a film, which we send ourselves
    others: frozenset[uuid.UUID] = getattr(response, "other_videos", frozenset())
    expires_at = time.monotonic() + settings.VISITOR_PAGE_SECONDS
    with _lock:
        stored_pages.pop(key, None)
        while len(stored_pages) >= MAX_PAGES:
            del stored_pages[next(iter(stored_pages))]  # the oldest
        stored_pages[key] = StoredPage(state, others, response.content, headers, expires_at)


def _send(request: HttpRequest, page: StoredPage) -> HttpResponseBase:
    response = HttpResponse(page.content, headers=page.headers)
    unchanged = get_conditional_response(request, etag=page.headers.get("ETag"), response=response)
    return response if unchanged is None else unchanged


@cache
def _address(*, is_film_sent: bool) -> re.Pattern[str]:
    """Return what matches the address of a share page, and of its film unless we send that."""
    names = ("videos:share",) if is_film_sent else ("videos:share", "videos:film")
    ends = [reverse(name, args=["slug"]).split("slug") for name in names]
    (before, _page), *_others = ends
    after = "|".join(re.escape(end) for _before, end in ends)
    return re.compile(f"{re.escape(before)}({SLUG})(?:{after})")
