"""Sending an order to a vendor, so that it is taken once and never forgotten.

A vendor gives no way to recognise a repeated order, so each is counted before it leaves. After a
time-out, or after a worker died in between, it is repeated once: a vendor that had taken the first
answers that the video exists, and that one is followed.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from videos import callbacks
from videos.models import Trouble, Video
from videos.production import following, upstream
from videos.production.upstream import NotOffered, VendorDown
from videos.providers import registry
from videos.providers.base import Submission
from videos.providers.errors import (
    AlreadyExists,
    AuthenticationError,
    CreditsError,
    Maintenance,
    ProviderError,
    Throttled,
    Transient,
)
from videos.statuses import VideoStatus

MOST_POSTS = 2
REPEAT_AFTER = timedelta(seconds=5)  # so that the vendor has written down the first
PAUSES = (30, 60, 120, 300, 600)  # seconds between orders to a vendor that takes none
PATIENCE = timedelta(hours=24)
NOT_TAKEN = 503
"""The one answer of a failing vendor that says for certain that it took nothing."""

Failure = Video.Failure
FINAL: tuple[tuple[type[ProviderError], Failure], ...] = (
    (NotOffered, Failure.ACCOUNT),
    (AuthenticationError, Failure.ACCOUNT),
    (CreditsError, Failure.CREDITS),
    (ProviderError, Failure.REFUSED),
)
"""What an order fails of at once, the first that fits: an operator or the creator has to act."""


def submit(video: Video) -> None:
    """Send the order of ``video``; write down what the vendor made of it."""
    if video.posts >= MOST_POSTS:
        _fail(video, Failure.UNKNOWN, _unknown(video))
        return
    try:
        asked = upstream.named(video.provider)
        if video.posting():
            _taken(video, upstream.ask(asked, lambda: asked.submit(_submission(video))))
    except AlreadyExists as error:
        _adopt(video, error)
    except Throttled as error:
        _put_off(video, timedelta(seconds=error.wait), Trouble.THROTTLED, error)
    except VendorDown as error:
        _put_off(video, error.until - timezone.now(), Trouble.DOWN, error)
    except Maintenance as error:
        _put_off(video, _pause(video), Trouble.MAINTENANCE, error)
    except Transient as error:
        _unclear(video, error)
    except ProviderError as error:
        failure = next(failure for kind, failure in FINAL if isinstance(error, kind))
        _fail(video, failure, str(error))


def _submission(video: Video) -> Submission:
    track = video.track
    return Submission(
        task_id=track.music_task.task_id,
        audio_id=track.audio_id,
        callback_url=callbacks.url(video),
        author=video.author,
        domain_name=video.domain_name,
    )


def _taken(video: Video, task_id: str, *, adopted: bool = False) -> None:
    if video.accepted(task_id, adopted=adopted):
        video.put_off(timedelta() if adopted else following.pause(0))
    else:  # cancelled, or taken over: what is paid for must be found again
        video.taken_meanwhile(task_id)


def _adopt(video: Video, error: AlreadyExists) -> None:
    if task_id := error.task_id or Video.objects.known_task(video):
        _taken(video, task_id, adopted=True)
    else:
        _fail(video, Failure.EXISTS, str(error))


def _unclear(video: Video, error: Transient) -> None:
    """Repeat an order that may have been taken once; one that was not, until patience ends."""
    if not error.sent or error.code == NOT_TAKEN:
        _put_off(video, _pause(video), Trouble.DOWN, error)
    elif video.posts >= MOST_POSTS:
        _fail(video, Failure.UNKNOWN, _unknown(video))
    else:
        video.put_off(REPEAT_AFTER, Trouble.DOWN, str(error))


def _put_off(video: Video, pause: timedelta, trouble: Trouble, error: ProviderError) -> None:
    """Send the order later: this one was certainly not taken."""
    if timezone.now() - video.queued_at > PATIENCE:
        _fail(video, Failure.DEADLINE, str(error))
    else:
        video.put_off(max(pause, timedelta(seconds=1)), trouble, str(error), posts=video.posts - 1)


def _pause(video: Video) -> timedelta:
    """Return how long to leave the vendor alone: the longer, the longer it takes nothing."""
    waited = (timezone.now() - video.queued_at).total_seconds()
    return timedelta(seconds=next((p for p in PAUSES if waited < 2 * p), PAUSES[-1]))


def _fail(video: Video, failure: Failure, message: str) -> None:
    video.refused(VideoStatus.CREATE_TASK_FAILED, failure, message)


def _unknown(video: Video) -> str:
    asked = registry.vendor(video.provider)
    return _(
        "%(vendor)s gave no clear answer to the order, twice. It may be making the video all the "
        "same: look into your list of tasks there, and enter the task's id here."
    ) % {"vendor": asked.label if asked else video.provider}
