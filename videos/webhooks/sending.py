"""Sends one webhook: its body, the request, and how the response is recorded."""

import json
import logging
import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from videos.models import Delivery, DeliveryAttempt, Video
from videos.models.webhook_delivery import WebhookFamily
from videos.outbound.post import PostResult, post
from videos.payloads import crun, outcome, suno
from videos.queue import send_webhooks
from videos.webhooks.signing import signature_headers

logger = logging.getLogger(__name__)


def deliver(delivery: Delivery, should_stop: Callable[[], bool]) -> None:
    """Send a claimed ``delivery`` and record the result.

    A receiver may get the same delivery twice, because a worker was killed before it could record
    the response; the id of the delivery is the same both times.
    """
    if outcome.status(delivery.video) != delivery.outcome:  # the video is being made again
        delivery.mark_superseded()
        return
    if delivery.crashed_claims > settings.WORK_MAX_CRASHED_CLAIMS:
        sentence = _("The workers that made this call were lost.")
        delivery.record_failure(DeliveryAttempt(error=sentence))
        return
    started = time.monotonic()
    try:
        result = _send(delivery, should_stop)
    except Exception:
        logger.exception("Delivery %s, attempt %s broke", delivery.pk, delivery.fencing_token)
        result = PostResult(None, _("The portal itself broke down at this call."))
    if result.status is None and should_stop():
        delivery.release(timedelta())
        return
    attempt = DeliveryAttempt(
        milliseconds=round((time.monotonic() - started) * 1000),
        status_code=result.status,
        error=result.error,
        response_excerpt=result.response_excerpt,
    )
    if result.is_success:
        delivery.mark_delivered(attempt)
    elif result.is_address_refused:
        delivery.mark_refused(attempt)
    else:
        delivery.record_failure(attempt)


def resend(delivery: Delivery) -> bool:
    """Have ``delivery`` sent once more, with the video as it is now; False while it is sent."""
    is_due = delivery.resend()
    if is_due:
        transaction.on_commit(send_webhooks)
    return is_due


def _send(delivery: Delivery, should_stop: Callable[[], bool]) -> PostResult:
    video = delivery.video
    headers = {
        "Content-Type": "application/json",
        "X-Webhook-Id": str(delivery.pk),
        **signature_headers(delivery),
    }
    body = json.dumps(_payload(video), ensure_ascii=False).encode()
    if not connection.in_atomic_block:
        connection.close()  # threads that wait for receivers must not use up the connections
    return post(
        video.webhook_url,
        body,
        headers,
        total_timeout=settings.WEBHOOK_TIMEOUT_SECONDS,
        should_stop=should_stop,
    )


def _payload(video: Video) -> dict[str, object]:
    """Return the body of the webhook, with the field names of the client's family."""
    if video.webhook_family == WebhookFamily.CRUN:
        return crun.task_info(video)
    return suno.webhook_payload(video)
