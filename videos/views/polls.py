"""Polls of open pages for which nothing has changed, answered past all that only pages need.

A page of a video that is being made polls every two seconds, and nearly every answer is that
nothing has changed. One query reads what such an answer depends on: session, person and row, and a
second one the place in the queue of a video that waits. All other polls are left to the view.
"""

import re
import uuid
from functools import cache
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils.crypto import constant_time_compare

from videos.models import Video
from videos.vendors import BUILTIN
from videos.views import live_status

# What ``live_status.version`` and the check of the session read: all else would be a query more
COLUMNS = (
    *("status", "stage", "fraction", "seconds_left", "crashed_claims", "failure", "error_message"),
    *("visibility", "delay_reason", "due_at", "film", "provider", "queue_position_at"),
    *("owner__password", "owner__session_salt", "owner__is_active"),
)


def answer_poll(request: HttpRequest) -> HttpResponse | None:
    """Return 204 to a poll for which nothing has changed, None for every other request."""
    match = _address().fullmatch(request.path)
    is_poll = request.method == "GET" and "HTTP_HX_REQUEST" in request.META
    version, session_key = request.GET.get("v"), request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not (match and is_poll and version and session_key):
        return None
    video = _video_of_session(uuid.UUID(match[1]), session_key)
    if video is None or version != live_status.version(video):
        return None
    request.get_host()  # raises DisallowedHost
    request.resolver_match = resolve(request.path)
    return live_status.nothing_changed(request)


def _video_of_session(pk: uuid.UUID, session_key: str) -> Video | None:
    """Return what a page shows of our renderer's video ``pk``, if the session is its owner's."""
    videos = Video.objects.filter(pk=pk, provider=BUILTIN).order_by().with_session(session_key)
    video = videos.select_related("owner").only(*COLUMNS).first()
    if video is None or not _is_of_owner(video):
        return None
    ahead = Video.objects.ahead_of(video.provider, video.queue_position_at)
    video.videos_ahead = ahead.count() if video.is_waiting else 0
    return video


def _is_of_owner(video: Video) -> bool:
    """Return whether the session is one of the owner's that has not been ended."""
    if not (video.session_data and video.owner.is_active):
        return False
    session = import_module(settings.SESSION_ENGINE).SessionStore().decode(video.session_data)
    stored = session.get(HASH_SESSION_KEY, "")
    is_owner = session.get(SESSION_KEY) == str(video.owner_id)
    is_current = constant_time_compare(stored, video.owner.get_session_auth_hash())
    is_enabled = session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
    return is_owner and is_current and is_enabled


@cache
def _address() -> re.Pattern[str]:
    """Return what matches the address that a page polls."""
    pk = uuid.UUID(int=0)
    before, after = reverse("videos:video_status", args=[pk]).split(str(pk))
    number = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    return re.compile(f"{re.escape(before)}({number}){re.escape(after)}")
