"""What a watching page is told: whether something changed, and when to ask again.

The page asks every 2 seconds while things move, and ever less often while they do not. Nothing is
remembered for it: the address it asks carries the version that it shows and since when.
"""

import hashlib
import re
import time

from django.urls import reverse

from videos.models import Video

FIRST_POLL = 2
"""Seconds until a page asks for the first time after something changed."""

_PATIENCE = ((10, 2), (40, 5))  # seconds without news, seconds until the next question
_SLOWEST = 10


def version(video: Video) -> str:
    """Return a short word for what a page shows of ``video`` (annotated by ``with_place()``)."""
    left = -1 if video.seconds_left is None else round(video.seconds_left)
    shown = (
        video.status,
        video.stage,
        video.percent,
        left,
        video.ahead if video.is_waiting else 0,
        video.tries,
        video.failure,
        video.error_message,
        video.visibility,
        video.trouble,
        video.trouble and video.due_at,
        bool(video.film),
        video.awaits_copy and (video.copy_error, round(video.fraction, 1)),
    )
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def status_url(video: Video) -> str:
    """Return the address at which the page that shows ``video`` as it is now asks for news."""
    query = {"v": version(video), "since": int(time.time()), "at": video.status}
    return reverse("videos:video_status", args=[video.pk], query=query)


def ask_again(since: str) -> int:
    """Return the seconds until the next question: ``since`` is when the page last saw news."""
    quiet = time.time() - int(since) if re.fullmatch("[0-9]{1,12}", since) else 0
    return next((poll for seconds, poll in _PATIENCE if quiet < seconds), _SLOWEST)
