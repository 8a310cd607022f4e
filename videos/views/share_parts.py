"""The parts of share pages that are the same for all who may watch: rendered once, used again.

What visitors without a cookie see is sent whole from memory (``videos.views.visitor_pages``). For
people who are logged in, and for links to a moment of the film, only what is around these parts is
rendered. They are used under the same conditions: each request reads the rows of the page, and
takes no part where they have changed. Nothing of a person is in them, and only videos that
everybody may watch have any.
"""

import threading
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import get_language

from videos.models import Video
from videos.views.visitor_pages import State, are_public, is_the_same_for_all, read_state

MAX_PAGES = 200  # of one process: 5 MB
Parts = dict[str, str]  # by the names that the template gives them
Key = tuple[str, str, str]  # host, address, language


@dataclass(frozen=True)
class StoredParts:
    """The parts of a page, the rows that they show, and when they are too old."""

    video: Video
    state: State
    others: frozenset[uuid.UUID]
    parts: Parts
    expires_at: float  # by the monotonic clock, in seconds


stored_parts: dict[Key, StoredParts] = {}
_lock = threading.Lock()


def read(request: HttpRequest, slug: str) -> State | None:
    """Return the rows of a video that everybody may watch; None where parts are of no use."""
    if request.method == "POST" or is_the_same_for_all(request):
        return None
    return read_state(slug)


def find(request: HttpRequest, state: State | None) -> StoredParts | None:
    """Return the parts of the page that is requested, if the rows that it shows are as they were.

    ``state`` is what ``read`` returned for this request. An owner's page has more in it.
    """
    stored = stored_parts.get(_key(request))
    if state is None or stored is None or stored.state != state:
        return None
    if time.monotonic() >= stored.expires_at or stored.video.owner_id == request.user.pk:
        return None
    return stored if are_public(stored.others) else None


def store(
    request: HttpRequest, video: Video, state: State | None, others: Iterable[Video], parts: Parts
) -> None:
    """Store the parts that were rendered since ``state`` was read, if everybody may watch them."""
    is_owner = video.owner_id == request.user.pk
    if state is None or is_owner or not settings.VISITOR_PAGE_SECONDS:
        return
    is_open = Video.objects.visible_to(AnonymousUser()).filter(pk=video.pk)
    # An operator may see what is hidden from visitors
    if request.user.is_authenticated and not is_open.exists():
        return
    if read_state(video.slug) != state:
        return
    expires_at = time.monotonic() + settings.VISITOR_PAGE_SECONDS
    ids = frozenset(other.pk for other in others)
    with _lock:
        stored_parts.pop(_key(request), None)
        while len(stored_parts) >= MAX_PAGES:
            del stored_parts[next(iter(stored_parts))]  # the oldest
        stored_parts[_key(request)] = StoredParts(video, state, ids, parts, expires_at)


def forget_all() -> None:
    """Empty the memory of this process."""
    with _lock:
        stored_parts.clear()


def _key(request: HttpRequest) -> Key:
    return (request.get_host(), request.get_full_path(), get_language() or "")
