"""Polls vendors for the videos that they make: poll intervals, time-outs, backoff.

Poll intervals: a worker polls a task 5, 10 and 20 seconds after the step before, then every 30
seconds (``POLL_BACKOFF``). A page that is open polls too; workers and pages together poll a video
at most once in 3 seconds (``MIN_POLL_INTERVAL`` of ``videos.models.vendor_task``). A callback makes
the video due at once (``videos.callbacks.receive``). A task that its vendor has not finished after
``RENDER_TIMEOUT`` fails; a vendor that does not answer is polled for ``OUTAGE_TIMEOUT``.

A callback is a hint and the vendor's record is the truth: the worker or page that polls it first
writes it to the row.
"""

import logging
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import IntegrityError
from django.utils.translation import gettext as _

from videos import clock
from videos.models import Video
from videos.models.vendor_task import MIN_POLL_INTERVAL
from videos.outbound.addresses import RefusedAddress, UnknownHost, check_address
from videos.pipeline import vendor_calls
from videos.pipeline.vendor_calls import VendorNotConfigured, VendorUnavailable
from videos.providers import error_messages, spellings
from videos.providers.base import Vendor, VideoRecord
from videos.providers.errors import (
    AuthenticationError,
    CreditsError,
    GenerationFailed,
    Invalid,
    Maintenance,
    NotFound,
    ProviderError,
    Throttled,
)
from videos.queue import enqueue
from videos.statuses import DelayReason, Failure, VideoStatus

logger = logging.getLogger(__name__)

POLL_BACKOFF = (5, 10, 20, 30)  # seconds before the first, second, … poll; the last repeats
RENDER_TIMEOUT = timedelta(minutes=30)  # for the vendor to finish a task
UNKNOWN_TASK_GRACE = timedelta(minutes=5)  # how long a vendor may not know a task it has taken
OUTAGE_TIMEOUT = timedelta(hours=24)  # how long a vendor that does not answer is polled
ACCOUNT_BACKOFF = timedelta(minutes=5)  # while an operator has to mend our account
POLL_TIMEOUT = 20.0  # seconds; with a time-out the provider does not repeat a request by itself
PAGE_BACKOFF = 60  # seconds for which pages do not poll a vendor that did not answer one of them

# Errors that tell nothing of a task: the first that matches gives the reason and the backoff
DELAY_REASONS: tuple[tuple[type[ProviderError], DelayReason, timedelta], ...] = (
    (Throttled, DelayReason.THROTTLED, timedelta(seconds=30)),
    (Maintenance, DelayReason.MAINTENANCE, timedelta(minutes=2)),
    (AuthenticationError, DelayReason.REFUSED, ACCOUNT_BACKOFF),
    (CreditsError, DelayReason.CREDITS, ACCOUNT_BACKOFF),
    (VendorNotConfigured, DelayReason.REFUSED, ACCOUNT_BACKOFF),
    (ProviderError, DelayReason.DOWN, timedelta(seconds=30)),
)


def poll_interval(poll_count: int) -> timedelta:
    """Return how long to wait before the next poll, after ``poll_count`` polls."""
    return timedelta(seconds=POLL_BACKOFF[min(poll_count, len(POLL_BACKOFF) - 1)])


def poll_vendor(video: Video) -> None:
    """Poll the vendor of a claimed ``video``, and write the result or reschedule the row."""
    if not video.acquire_poll():  # a page has polled it just now
        video.reschedule(MIN_POLL_INTERVAL, DelayReason(video.delay_reason))
        return
    try:
        vendor = vendor_calls.get_vendor(video.provider)
        record = vendor_calls.call(vendor, lambda: vendor.video(video.vendor_task_id, POLL_TIMEOUT))
    except (Invalid, NotFound) as error:
        _handle_unknown_task(video, error)
    except GenerationFailed as error:  # e.g. 531: the credits are given back
        video.mark_vendor_failed(VideoStatus.GENERATE_MP4_FAILED, Failure.VENDOR, str(error))
    except ProviderError as error:
        _handle_outage(video, error)
    else:
        if not apply_record(video, vendor, record):
            _reschedule_poll(video)


def refresh_from_vendor(video: Video) -> None:
    """Poll the vendor of ``video`` because its page is open, unless it was polled just now.

    A vendor that did not answer a page is left to the workers for a minute (``PAGE_BACKOFF``):
    they wait longer, and the pages' polls would take the place of theirs.
    """
    if video.is_final or not video.is_at_vendor or cache.get(f"slow:{video.provider}"):
        return
    if not video.acquire_poll():
        return
    try:
        vendor = vendor_calls.get_vendor(video.provider)
        record = vendor_calls.call(
            vendor,
            lambda: vendor.video(video.vendor_task_id, vendor_calls.PAGE_TIMEOUT),
            counts_failure=False,
        )
    except (Invalid, NotFound, GenerationFailed) as error:  # an answer; the worker handles it
        logger.info("Video %s: its vendor has no record of it: %s", video.pk, error)
    except ProviderError as error:
        cache.set(f"slow:{video.provider}", 1, PAGE_BACKOFF)
        logger.info("Video %s: no news for its page: %s", video.pk, error)
    else:
        apply_record(video, vendor, record)


def adopt_vendor_task(video: Video, task_id: str) -> bool:
    """Follow the vendor's task ``task_id``, which the owner of ``video`` has entered.

    False where the vendor cannot have the video under an id that we do not know.
    """
    try:
        if not video.may_exist_at_vendor or not video.retry(task_id=task_id):
            return False
    except IntegrityError:  # its owner has another video of this song at the vendor
        return False
    enqueue(video)
    return True


def apply_record(video: Video, vendor: Vendor, record: VideoRecord) -> bool:
    """Write the outcome that a vendor's record tells; False where there is none yet."""
    if record.status == VideoStatus.PENDING:
        if not _is_over(video, RENDER_TIMEOUT):
            return False
        _mark_vendor_failed(video, Failure.DEADLINE, _timeout_message(vendor), record)
    elif record.status == VideoStatus.SUCCESS:
        _apply_success(video, vendor, record)
    else:
        is_about_credits = spellings.is_about_credits(record.error_code, record.error_message)
        failure = Failure.CREDITS if is_about_credits else Failure.VENDOR
        _mark_vendor_failed(video, failure, _failure_message(vendor, record, failure), record)
    return True


def _apply_success(video: Video, vendor: Vendor, record: VideoRecord) -> None:
    try:
        check_address(record.video_url)
    except UnknownHost:  # our own look-up may have failed; copying looks it up again
        pass
    except RefusedAddress:
        sentence = _("%(vendor)s says that the film is at an address where no film can be.")
        _mark_vendor_failed(video, Failure.VENDOR, sentence % {"vendor": vendor.label}, record)
        return
    made_at = min(record.completed_at or clock.now(), clock.now())
    expires_at = made_at + timedelta(days=vendor.facts.retention_days)
    if video.mark_made(record.video_url, expires_at, record.raw):
        enqueue(video)


def _reschedule_poll(video: Video) -> None:
    video.reschedule(poll_interval(video.poll_count + 1), poll_count=video.poll_count + 1)


def _handle_unknown_task(video: Video, error: ProviderError) -> None:
    if _is_over(video, UNKNOWN_TASK_GRACE):
        video.mark_vendor_failed(VideoStatus.GENERATE_MP4_FAILED, Failure.VENDOR, str(error))
    else:
        _reschedule_poll(video)


def _handle_outage(video: Video, error: ProviderError) -> None:
    if _is_over(video, OUTAGE_TIMEOUT):
        failure = Failure.CREDITS if isinstance(error, CreditsError) else Failure.DEADLINE
        video.mark_vendor_failed(VideoStatus.GENERATE_MP4_FAILED, failure, str(error))
        return
    reason, backoff = next(
        (reason, backoff) for kind, reason, backoff in DELAY_REASONS if isinstance(error, kind)
    )
    if isinstance(error, VendorUnavailable):
        backoff = max(error.until - clock.now(), timedelta(seconds=1))
    elif isinstance(error, Throttled):
        backoff = max(backoff, timedelta(seconds=error.retry_after))
    elif reason == DelayReason.DOWN and not video.delay_reason:  # the first error may be the only
        backoff = poll_interval(0)
    video.reschedule(backoff, reason, str(error))


def _mark_vendor_failed(video: Video, failure: Failure, message: str, record: VideoRecord) -> None:
    status = record.status if record.status.is_final else VideoStatus.GENERATE_MP4_FAILED
    if status == VideoStatus.SUCCESS:  # the vendor says so, but its film cannot be fetched
        status = VideoStatus.GENERATE_MP4_FAILED
    video.mark_vendor_failed(status, failure, message, record.raw)


def _is_over(video: Video, timeout: timedelta) -> bool:
    since: datetime | None = video.submitted_at
    return since is None or clock.now() - since > timeout


def _timeout_message(vendor: Vendor) -> str:
    return _(
        "%(vendor)s has not finished the film within half an hour. Try again to go on waiting, or "
        "make it with another provider."
    ) % {"vendor": vendor.label}


def _failure_message(vendor: Vendor, record: VideoRecord, failure: Failure) -> str:
    if failure == Failure.CREDITS:
        return error_messages.sentence_for(CreditsError, vendor.label, record.error_message)
    sentence = _("%(vendor)s could not make this film.") % {"vendor": vendor.label}
    if not record.error_message and record.error_code in spellings.FINAL_ERROR_CODES:
        refund = _("%(sentence)s It has given the credits back.")
        return refund % {"sentence": sentence}
    if not record.error_message:
        return sentence
    return _("%(sentence)s It says: %(message)s") % {
        "sentence": sentence,
        "message": record.error_message,
    }
