"""Sending an order to a vendor, so that it is taken once and never forgotten.

No vendor has idempotency keys, so each order is counted before it leaves. What happens after a lost
answer (a time-out, a worker that died in between) depends on the vendor. One that refuses to make a
video twice gets the order once more: if it had taken the first, it answers that the video exists,
and that one is followed. At any other a repeat would be made, and billed, as a second video: there
the creator is asked at once.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from videos.callbacks import tokens
from videos.models import Trouble, Video
from videos.pipeline import polling, vendor_calls
from videos.pipeline.vendor_calls import NotOffered, VendorDown
from videos.providers.base import Submission, Vendor
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

REPEAT_AFTER = timedelta(seconds=5)  # so that the vendor has written down the first
PAUSES = (30, 60, 120, 300, 600)  # seconds between orders to a vendor that takes none
PATIENCE = timedelta(hours=24)
NOT_TAKEN = 503
"""The answer of a failing vendor that took nothing, as far as a status can tell.

A gateway may also say it when it lost the vendor's answer: no proof where a repeat is billed.
"""

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
    try:
        asked = vendor_calls.named(video.provider)
        if video.posts >= _max_posts(asked):  # a worker died while it waited for the answer
            _fail(video, Failure.UNKNOWN, _unknown(asked))
        elif video.posting():
            _taken(video, vendor_calls.ask(asked, lambda: asked.submit(_submission(video))))
    except AlreadyExists as error:
        _adopt(video, error)
    except Throttled as error:
        _put_off(video, timedelta(seconds=error.wait), Trouble.THROTTLED, error)
    except VendorDown as error:
        _put_off(video, error.until - timezone.now(), Trouble.DOWN, error)
    except Maintenance as error:
        _put_off(video, _pause(video), Trouble.MAINTENANCE, error)
    except Transient as error:
        _unclear(video, asked, error)
    except ProviderError as error:
        _fail(video, _failure(video, error), str(error))


def _submission(video: Video) -> Submission:
    track = video.track
    return Submission(
        task_id=track.music_task.task_id,
        audio_id=track.audio_id,
        callback_url=tokens.url(video),
        author=video.author,
        domain_name=video.domain_name,
    )


def _taken(video: Video, task_id: str, *, adopted: bool = False) -> None:
    if video.accepted(task_id, adopted=adopted):
        video.put_off(timedelta() if adopted else polling.pause(0))
    else:  # cancelled, or taken over: what is paid for must be found again
        video.taken_meanwhile(task_id)


def _adopt(video: Video, error: AlreadyExists) -> None:
    if task_id := error.task_id or Video.objects.known_task(video):
        _taken(video, task_id, adopted=True)
    else:
        _fail(video, Failure.EXISTS, str(error))


def _unclear(video: Video, asked: Vendor, error: Transient) -> None:
    """Wait where the order was not taken; repeat one that may have been, if that is safe."""
    if not error.sent or (error.code == NOT_TAKEN and asked.refuses_repeats):
        _put_off(video, _pause(video), Trouble.DOWN, error)
    elif video.posts >= _max_posts(asked):
        _fail(video, Failure.UNKNOWN, _unknown(asked))
    else:
        video.put_off(REPEAT_AFTER, Trouble.DOWN, str(error))


def _failure(video: Video, error: ProviderError) -> Failure:
    if video.posts and isinstance(error, NotOffered):  # nobody can be asked what became of those
        return Failure.UNKNOWN
    return next(failure for kind, failure in FINAL if isinstance(error, kind))


def _max_posts(asked: Vendor) -> int:
    """Return how many orders without a clear answer may be sent to a vendor."""
    return 2 if asked.refuses_repeats else 1


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


def _unknown(asked: Vendor) -> str:
    if asked.refuses_repeats:
        sentence = _(
            "%(vendor)s gave no clear answer to the order, twice. It may be making the video all "
            "the same: look into your list of tasks there, and enter the task's id here."
        )
    else:
        sentence = _(
            "%(vendor)s gave no clear answer to the order. It may be making the video, and a "
            "second order would be billed again: look into your list of tasks there, and enter "
            "the task's id here. If it is not there, try again."
        )
    return sentence % {"vendor": asked.label}
