"""Polls of open pages, answered past all that only pages need.

A page of a video that is being made polls every two seconds. One query reads what the answer
depends on: session, person and row, and a second one the place in the queue of a video that waits.
Where nothing has changed, or only how far the video is, the answer is made here. All other polls
are left to the view.
"""

import re
import uuid
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.db.models import Field, Model
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template import Context
from django.template.loader import get_template
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.crypto import constant_time_compare

from videos import clock
from videos.languages import choice
from videos.models import Track, User, Video
from videos.vendors import BUILTIN
from videos.views import live_status

# What ``live_status.version`` and the fragment read: all else would be a query more
VIDEO_FIELDS = (
    *("id", "status", "stage", "fraction", "seconds_left", "crashed_claims", "failure"),
    *("error_message", "visibility", "delay_reason", "due_at", "film", "provider"),
    *("queue_position_at", "queued_at", "started_at", "format", "owner", "track"),
)
OWNER_FIELDS = ("password", "session_salt", "is_active", "language")
TRACK_FIELDS = ("thumbnail", "cover", "image_url")
FRAGMENT = "videos/_video_status.html"
# Only the script of a page shows a fragment; opened by itself it is allowed nothing
FRAGMENT_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}


@dataclass(frozen=True)
class Poll:
    """A video of our renderer, with its owner, whose session the poll has."""

    video: Video
    owner: User


def answer_poll(request: HttpRequest) -> HttpResponse | None:
    """Return 204 or a video's progress to a poll, None for every other request."""
    match = _address().fullmatch(request.path)
    is_poll = request.method == "GET" and "HTTP_HX_REQUEST" in request.META
    version, session_key = request.GET.get("v"), request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not (match and is_poll and version and session_key):
        return None
    poll = _read_poll(uuid.UUID(match[1]), session_key)
    if poll is None:
        return None
    is_current = version == live_status.version(poll.video)
    if not is_current and (poll.video.is_final or not _read_csrf_cookie(request)):
        return None
    request.get_host()  # raises DisallowedHost
    request.resolver_match = resolve(request.path)
    return live_status.nothing_changed(request) if is_current else _show_progress(request, poll)


def _show_progress(request: HttpRequest, poll: Poll) -> HttpResponse:
    """Return the fragment of a video that is still being made."""
    context = live_status.progress_context(poll.video) | {"csrf_token": get_token(request)}
    language = choice.of_address(request) or poll.owner.language or choice.of_browser(request)
    with translation.override(language):
        template = get_template(FRAGMENT).template  # type: ignore[attr-defined]  # Django's engine
        content = template.render(Context(context))
    headers = FRAGMENT_HEADERS | {
        "Content-Language": language,
        "Content-Length": str(len(content.encode())),
    }
    response = HttpResponse(content, headers=headers)
    add_never_cache_headers(response)
    patch_vary_headers(response, ["HX-Request", "Accept-Language", "Cookie"])
    return response


def _read_csrf_cookie(request: HttpRequest) -> bool:
    """Let Django read the token of the browser; return whether there is one."""
    CsrfViewMiddleware(_no_response).process_request(request)
    return "CSRF_COOKIE" in request.META and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")


def _no_response(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _read_poll(pk: uuid.UUID, session_key: str) -> Poll | None:
    """Return what a page shows of our renderer's video ``pk``, if the session is its owner's."""
    now = connection.ops.adapt_datetimefield_value(clock.now())
    key = Video._meta.pk.get_db_prep_value(pk, connection)
    row = next(iter(Video.objects.raw(_statement(), [session_key, now, key, BUILTIN])), None)
    if row is None:
        return None
    owner = User(row.owner_id, **_joined(row, "owner", OWNER_FIELDS))
    if not _is_session_of(owner, str(_joined(row, "session", ("data",))["data"])):
        return None
    row.track = Track(row.track_id, **_joined(row, "track", TRACK_FIELDS))
    ahead = Video.objects.ahead_of(row.provider, row.queue_position_at)
    row.videos_ahead = ahead.count() if row.is_waiting else 0
    return Poll(row, owner)


def _joined(row: Video, table: str, fields: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(row, f"{table}_{name}") for name in fields}


def _is_session_of(owner: User, session_data: str) -> bool:
    """Return whether a stored session is one of ``owner`` that has not been ended."""
    session = import_module(settings.SESSION_ENGINE).SessionStore().decode(session_data)
    stored = session.get(HASH_SESSION_KEY, "")
    is_owner = session.get(SESSION_KEY) == str(owner.pk)
    is_current = constant_time_compare(stored, owner.get_session_auth_hash())
    is_enabled = session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
    return owner.is_active and is_owner and is_current and is_enabled


@cache
def _statement() -> str:
    """Return the query, as SQL: to make it of objects takes longer than all else of a poll."""
    joined = ((User, "owner", OWNER_FIELDS), (Track, "track", TRACK_FIELDS))
    columns = [_column(Video, "video", name) for name in VIDEO_FIELDS]
    columns += [
        f"{_column(model, table, name)} AS {table}_{name}"
        for model, table, names in joined
        for name in names
    ]
    return f"""SELECT {", ".join(columns)}, session.session_data AS session_data
        FROM videos_video video
        JOIN videos_user owner ON owner.id = video.owner_id
        JOIN videos_track track ON track.id = video.track_id
        JOIN django_session session ON session.session_key = %s AND session.expire_date > %s
        WHERE video.id = %s AND video.provider = %s AND video.deleted_at IS NULL
    """  # noqa: S608  # nosec B608 - names of columns


def _column(model: type[Model], table: str, name: str) -> str:
    field = cast("Field[object, object]", model._meta.get_field(name))
    return f"{table}.{connection.ops.quote_name(str(field.column))}"


@cache
def _address() -> re.Pattern[str]:
    """Return what matches the address that a page polls."""
    pk = uuid.UUID(int=0)
    before, after = reverse("videos:video_status", args=[pk]).split(str(pk))
    number = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    return re.compile(f"{re.escape(before)}({number}){re.escape(after)}")
