"""Sends an order to a vendor, so that it is taken once and never forgotten.

No vendor has idempotency keys, so each order is counted before it is sent
(``unconfirmed_submissions``). What happens after a lost response (a time-out, or a worker that died
meanwhile) depends on the vendor. One that refuses to make a video twice gets the order once more:
if it had taken the first, it answers that the video exists, and we follow that one. Any other
vendor would make, and bill, a second video: there the video fails, and its owner decides.

A vendor that takes no orders is tried again by ``SUBMIT_BACKOFF``, until ``SUBMIT_TIMEOUT``.
"""

from datetime import timedelta

from django.utils.translation import gettext as _

from videos import callbacks, clock
from videos.models import Video
from videos.pipeline import polling, vendor_calls
from videos.pipeline.claim import write_result
from videos.pipeline.vendor_calls import VendorNotConfigured, VendorUnavailable
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
from videos.statuses import DelayReason, Failure, VideoStatus

RESUBMIT_DELAY = timedelta(seconds=5)  # so that the vendor has stored the first order
SUBMIT_BACKOFF = (30, 60, 120, 300, 600)  # seconds between orders to a vendor that takes none
SUBMIT_TIMEOUT = timedelta(hours=24)
# The HTTP status of a failing vendor that took nothing, as far as a status can tell. A gateway may
# also send it when it lost the vendor's response: no proof where a repeat is billed
SERVICE_UNAVAILABLE = 503

# Errors at which an order fails at once, because an operator or the owner has to act: the first
# that matches gives the failure
FAILURES: tuple[tuple[type[ProviderError], Failure], ...] = (
    (VendorNotConfigured, Failure.ACCOUNT),
    (AuthenticationError, Failure.ACCOUNT),
    (CreditsError, Failure.CREDITS),
    (ProviderError, Failure.REFUSED),
)


def submit(video: Video) -> None:
    """Send the order of a claimed ``video`` and write the result to its row."""
    try:
        vendor = vendor_calls.get_vendor(video.provider)
        if video.unconfirmed_submissions >= max_unconfirmed(vendor):
            _fail(video, Failure.UNKNOWN, _earlier_order_message(vendor))
            return
        submission = submission_of(video)  # reads rows: before the order counts as sent
        if video.mark_submitting():
            task_id = vendor_calls.call(vendor, lambda: vendor.submit(submission))
            _accept(video, task_id)
    except AlreadyExists as error:
        _adopt(video, error)
    except Throttled as error:
        _resubmit(video, timedelta(seconds=error.retry_after), DelayReason.THROTTLED, error)
    except VendorUnavailable as error:
        _resubmit(video, error.until - clock.now(), DelayReason.DOWN, error)
    except Maintenance as error:
        _resubmit(video, _backoff(video), DelayReason.MAINTENANCE, error)
    except Transient as error:
        _handle_unclear_response(video, vendor, error)
    except ProviderError as error:
        _fail(video, _failure_of(video, error), str(error))


def submission_of(video: Video) -> Submission:
    track = video.track
    return Submission(
        task_id=track.music_task.task_id,
        audio_id=track.audio_id,
        callback_url=callbacks.callback_url(video),
        author=video.author,
        domain_name=video.domain_name,
    )


def _accept(video: Video, task_id: str, *, adopted: bool = False) -> None:
    if write_result(lambda: video.mark_accepted(task_id, adopted=adopted)):
        video.reschedule(timedelta() if adopted else polling.poll_interval(0))
    else:  # cancelled, or claimed by another worker: what is paid for must not be lost
        video.record_late_acceptance(task_id)


def _adopt(video: Video, error: AlreadyExists) -> None:
    """Follow the video that the vendor has already, if its id is known."""
    stored_id = Video.objects.vendor_task_id_of(video.track, video.provider)
    if task_id := error.task_id or stored_id:
        _accept(video, task_id, adopted=True)
    else:
        _fail(video, Failure.EXISTS, str(error))


def _handle_unclear_response(video: Video, vendor: Vendor, error: Transient) -> None:
    """Send again what was not taken; repeat an order that may have been, where that is safe."""
    if not error.may_have_arrived or (
        error.code == SERVICE_UNAVAILABLE and vendor.facts.refuses_repeats
    ):
        _resubmit(video, _backoff(video), DelayReason.DOWN, error)
    elif video.unconfirmed_submissions >= max_unconfirmed(vendor):
        _fail(video, Failure.UNKNOWN, _unknown_message(vendor))
    else:
        video.reschedule(RESUBMIT_DELAY, DelayReason.DOWN, str(error))


def _failure_of(video: Video, error: ProviderError) -> Failure:
    if video.unconfirmed_submissions and isinstance(error, VendorNotConfigured):
        return Failure.UNKNOWN  # without the vendor we cannot learn whether it took those orders
    return next(failure for kind, failure in FAILURES if isinstance(error, kind))


def max_unconfirmed(vendor: Vendor) -> int:
    """Return how many orders without a clear response may be sent to a vendor."""
    return 2 if vendor.facts.refuses_repeats else 1


def _resubmit(video: Video, backoff: timedelta, reason: DelayReason, error: ProviderError) -> None:
    """Send the order again after ``backoff``: the vendor has certainly not taken this one."""
    if clock.now() - video.queued_at > SUBMIT_TIMEOUT:
        _fail(video, Failure.DEADLINE, str(error))
    else:
        video.reschedule(
            max(backoff, timedelta(seconds=1)),
            reason,
            str(error),
            unconfirmed_submissions=video.unconfirmed_submissions - 1,
        )


def _backoff(video: Video) -> timedelta:
    """Return how long to wait before the next order: the longer the video has waited."""
    waited = (clock.now() - video.queued_at).total_seconds()
    seconds = next((step for step in SUBMIT_BACKOFF if waited < 2 * step), SUBMIT_BACKOFF[-1])
    return timedelta(seconds=seconds)


def _fail(video: Video, failure: Failure, message: str) -> None:
    video.mark_vendor_failed(VideoStatus.CREATE_TASK_FAILED, failure, message)


def _earlier_order_message(vendor: Vendor) -> str:
    """Return what is said where an order was sent before whose answer is not stored.

    The vendor gave none that was clear, or a worker died before it was written down.
    """
    if vendor.facts.refuses_repeats:
        sentence = _(
            "What %(vendor)s answered to earlier orders of this video is not known. It may be "
            "making the video: look into your list of tasks there, and enter the task's id here. "
            "If it is not there, try again."
        )
    else:
        sentence = _(
            "What %(vendor)s answered to an earlier order of this video is not known. It may be "
            "making the video, and a second order would be billed again: look into your list of "
            "tasks there, and enter the task's id here. If it is not there, try again."
        )
    return sentence % {"vendor": vendor.label}


def _unknown_message(vendor: Vendor) -> str:
    if vendor.facts.refuses_repeats:
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
    return sentence % {"vendor": vendor.label}
