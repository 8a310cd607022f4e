"""Following a video at its vendor: asked in measure by workers and pages, told by callbacks.

A callback is a hint and the vendor's record is the truth: whoever hears news first writes it down.
"""

import logging
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from videos.callbacks import tokens
from videos.models import Trouble, Video
from videos.models.vendor_task import BETWEEN_QUESTIONS
from videos.outbound.downloads import RefusedAddress, UnknownHost, check_address
from videos.pipeline import vendor_calls
from videos.pipeline.vendor_calls import NotOffered, VendorDown
from videos.providers.base import Vendor, VideoRecord
from videos.providers.errors import (
    AuthenticationError,
    CreditsError,
    Invalid,
    Maintenance,
    NotFound,
    ProviderError,
    Throttled,
)
from videos.queue import nudge
from videos.statuses import VideoStatus

logger = logging.getLogger(__name__)

PAUSES = (5, 10, 20, 30)  # seconds before the first, second, … question; vendors ask for the last
DEADLINE = timedelta(minutes=30)
GRACE = timedelta(seconds=60)
"""How long a vendor may not know a task that it has just taken."""
PATIENCE = timedelta(hours=24)
"""How long a vendor that does not answer is asked about a task that it has taken."""
LONG_PAUSE = timedelta(minutes=5)
ONE_ANSWER = 20.0
"""Seconds that a worker waits; with a limit nothing is repeated, which would be too soon here."""
SLOW = 60  # seconds that pages leave a vendor alone which did not answer one of them

TROUBLES: tuple[tuple[type[ProviderError], Trouble, timedelta], ...] = (
    (Throttled, Trouble.THROTTLED, timedelta(seconds=30)),
    (Maintenance, Trouble.MAINTENANCE, timedelta(minutes=2)),
    (AuthenticationError, Trouble.REFUSED, LONG_PAUSE),
    (CreditsError, Trouble.REFUSED, LONG_PAUSE),
    (NotOffered, Trouble.REFUSED, LONG_PAUSE),
    (ProviderError, Trouble.DOWN, timedelta(seconds=30)),
)
"""What keeps us from hearing of a task, the first that fits, and when it is asked for again."""


def pause(polls: int) -> timedelta:
    """Return how long to wait before the next question, after ``polls`` of them."""
    return timedelta(seconds=PAUSES[min(polls, len(PAUSES) - 1)])


def look(video: Video) -> None:
    """Ask the vendor of a claimed ``video`` for news, and say when to ask again."""
    if not video.may_ask():  # a page has asked just now
        video.put_off(BETWEEN_QUESTIONS, Trouble(video.trouble))
        return
    try:
        asked = vendor_calls.named(video.provider)
        record = vendor_calls.ask(asked, lambda: asked.video(video.vendor_task_id, ONE_ANSWER))
    except (Invalid, NotFound) as error:
        _not_known(video, error)
    except ProviderError as error:
        _wait(video, error)
    else:
        if not hear(video, asked, record):
            video.put_off(pause(video.polls + 1), polls=video.polls + 1)


def refresh(video: Video) -> None:
    """Ask the vendor of ``video`` because somebody is watching, if nobody did just now.

    A vendor that a page had no answer from is left to the workers for a minute: they have more
    patience, and the pages' questions would take their turns.
    """
    if video.is_final or not video.is_at_vendor or cache.get(f"slow:{video.provider}"):
        return
    if not video.may_ask():
        return
    try:
        asked = vendor_calls.named(video.provider)
        record = vendor_calls.ask(
            asked, lambda: asked.video(video.vendor_task_id, vendor_calls.HASTE), in_haste=True
        )
    except (Invalid, NotFound) as error:  # an answer: the worker knows what to make of it
        logger.info("Video %s: its vendor does not know it: %s", video.pk, error)
    except ProviderError as error:
        cache.set(f"slow:{video.provider}", 1, SLOW)
        logger.info("Video %s: no news for its page: %s", video.pk, error)
    else:
        hear(video, asked, record)


def called_back(provider: str, token: str, payload: object) -> None:
    """Let a worker ask at once, because a vendor called back with ``token``.

    Nothing that the ``payload`` says is believed; one that names another task is no hint.
    """
    pk = tokens.video_id(provider, token)
    video = Video.objects.pending().filter(pk=pk, provider=provider).first() if pk else None
    if video is None:
        return
    told = tokens.task_id(payload)
    if video.vendor_task_id and told != video.vendor_task_id:
        return
    if video.called_back():
        nudge(video)


def adopt(video: Video, task_id: str) -> bool:
    """Follow the vendor's task ``task_id``, which the creator of ``video`` found there."""
    if not video.is_at_large or not video.retry(task_id=task_id):
        return False
    nudge(video)
    return True


def hear(video: Video, asked: Vendor, record: VideoRecord) -> bool:
    """Write down what the vendor says of ``video``; False where there is no end to it yet."""
    if record.status == VideoStatus.PENDING:
        if not _is_over(video, DEADLINE):
            return False
        _fail(video, Video.Failure.DEADLINE, _too_late(asked), record)
    elif record.status == VideoStatus.SUCCESS:
        _made(video, asked, record)
    else:
        _fail(video, Video.Failure.VENDOR, _failed(asked, record), record)
    return True


def _made(video: Video, asked: Vendor, record: VideoRecord) -> None:
    try:
        check_address(record.video_url)
    except UnknownHost:  # our own look-up may have failed; copying looks it up again
        pass
    except RefusedAddress:
        sentence = _("%(vendor)s says that the film is at an address where no film can be.")
        _fail(video, Video.Failure.VENDOR, sentence % {"vendor": asked.label}, record)
        return
    made_at = min(record.completed_at or timezone.now(), timezone.now())
    if video.made(record.video_url, made_at + asked.retention, record.raw):
        nudge(video)


def _not_known(video: Video, error: ProviderError) -> None:
    if _is_over(video, GRACE):
        video.refused(VideoStatus.GENERATE_MP4_FAILED, Video.Failure.VENDOR, str(error))
    else:
        video.put_off(pause(video.polls + 1), polls=video.polls + 1)


def _wait(video: Video, error: ProviderError) -> None:
    if _is_over(video, PATIENCE):
        video.refused(VideoStatus.GENERATE_MP4_FAILED, Video.Failure.DEADLINE, str(error))
        return
    trouble, due_in = next(
        (trouble, due_in) for kind, trouble, due_in in TROUBLES if isinstance(error, kind)
    )
    if isinstance(error, VendorDown):
        due_in = max(error.until - timezone.now(), timedelta(seconds=1))
    elif isinstance(error, Throttled):
        due_in = max(due_in, timedelta(seconds=error.wait))
    elif trouble == Trouble.DOWN and not video.trouble:  # it may only have stumbled
        due_in = pause(0)
    video.put_off(due_in, trouble, str(error))


def _fail(video: Video, failure: Video.Failure, message: str, record: VideoRecord) -> None:
    status = record.status if record.status.is_final else VideoStatus.GENERATE_MP4_FAILED
    if status == VideoStatus.SUCCESS:  # the vendor thinks so, but there is nothing to be had
        status = VideoStatus.GENERATE_MP4_FAILED
    video.refused(status, failure, message, record.raw)


def _is_over(video: Video, patience: timedelta) -> bool:
    since: datetime | None = video.submitted_at
    return since is None or timezone.now() - since > patience


def _too_late(asked: Vendor) -> str:
    return _(
        "%(vendor)s has not finished the film within half an hour. Try again to go on waiting, or "
        "make it with another provider."
    ) % {"vendor": asked.label}


def _failed(asked: Vendor, record: VideoRecord) -> str:
    sentence = _("%(vendor)s could not make this film.") % {"vendor": asked.label}
    if not record.error_message:
        return sentence
    return _("%(sentence)s It says: %(message)s") % {
        "sentence": sentence,
        "message": record.error_message,
    }
