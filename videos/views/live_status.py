"""Polling by open pages: whether something changed, and when to poll again.

A page polls every 2 seconds while something changes, and less often while nothing does. The server
stores nothing for it: the polled address has the version that the page shows, and since when.
"""

import hashlib
import re
import time

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from videos.models import Video

FIRST_POLL = 2  # seconds until a page polls for the first time after something changed
# Up to so many seconds without a change: seconds until the next poll
PAGE_POLL_BACKOFF = ((10, 2), (40, 5))
MAX_POLL_INTERVAL = 10  # seconds


def version(video: Video) -> str:
    """Return a digest of all that a page shows of ``video`` (from ``with_queue_position()``)."""
    left = -1 if video.seconds_left is None else round(video.seconds_left)
    shown = (
        video.status,
        video.stage,
        video.percent,
        left,
        video.videos_ahead if video.is_waiting else 0,
        video.crashed_claims,
        video.failure,
        video.error_message,
        video.visibility,
        video.delay_reason,
        video.delay_reason and video.due_at,
        bool(video.film),
        video.is_awaiting_copy and (video.copy_error, round(video.fraction, 1)),
    )
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def status_url(video: Video) -> str:
    """Return the address that a page polls which shows ``video`` as it is now."""
    query = {"v": version(video), "since": int(time.time()), "at": video.status}
    return reverse("videos:video_status", args=[video.pk], query=query)


def progress_context(video: Video) -> dict[str, object]:
    """Return what the fragment of ``video`` shows while it is being made here."""
    return {
        "video": video,
        "version": version(video),
        "poll": FIRST_POLL if video.is_in_progress else None,
        "status_url": status_url(video),
    }


def next_poll(since: str) -> int:
    """Return the seconds until the next poll; ``since`` is when the page last saw a change."""
    quiet = time.time() - int(since) if re.fullmatch("[0-9]{1,12}", since) else 0
    return next((poll for seconds, poll in PAGE_POLL_BACKOFF if quiet < seconds), MAX_POLL_INTERVAL)


def nothing_changed(request: HttpRequest) -> HttpResponse:
    """Return the answer to a poll whose page shows everything as it is."""
    seconds = next_poll(request.GET.get("since", ""))
    response = HttpResponse(status=204, headers={"HX-Trigger": f"again-{seconds}"})
    add_never_cache_headers(response)
    patch_vary_headers(response, ["HX-Request", "Cookie"])
    return response
