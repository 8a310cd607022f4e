"""One call of a client: what it is told, how that is signed, and what comes of it."""

import json
import logging
import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from videos.callbacks import tokens
from videos.models import Delivery, DeliveryAttempt, Video, WebhookKey
from videos.models.called_back import CallbackFamily
from videos.outbound.post import Answer, post
from videos.payloads import crun, outcome, suno
from videos.queue import wake_callers

logger = logging.getLogger(__name__)


def deliver(delivery: Delivery, should_stop: Callable[[], bool]) -> None:
    """Send a claimed ``delivery`` and note what came of it.

    Whoever gets the same news twice, because a worker was killed before it could note the answer,
    knows it by its id.
    """
    if outcome.status(delivery.video) != delivery.outcome:  # it is being made again
        delivery.overtaken()
        return
    if delivery.tries > settings.WORK_MAX_TRIES:
        sentence = _("The workers that made this call were lost.")
        delivery.missed(DeliveryAttempt(error=sentence))
        return
    began = time.monotonic()
    try:
        answer = _send(delivery, should_stop)
    except Exception:
        logger.exception("Delivery %s, attempt %s broke", delivery.pk, delivery.attempt)
        answer = Answer(None, _("The portal itself broke down at this call."))
    if answer.status is None and should_stop():
        delivery.release(timedelta())
        return
    call = DeliveryAttempt(
        milliseconds=round((time.monotonic() - began) * 1000),
        status_code=answer.status,
        error=answer.error,
        said=answer.said,
    )
    if answer.is_taken:
        delivery.answered(call)
    elif answer.is_refused:
        delivery.refused(call)
    else:
        delivery.missed(call)


def send_again(delivery: Delivery) -> bool:
    """Have the news sent once more, as it is now; False while it is being sent."""
    again = delivery.again()
    if again:
        transaction.on_commit(wake_callers)
    return again


def _send(delivery: Delivery, should_stop: Callable[[], bool]) -> Answer:
    video = delivery.video
    headers = {
        "Content-Type": "application/json",
        "X-Webhook-Id": str(delivery.pk),
        **_signature(delivery),
    }
    body = json.dumps(_news(video), ensure_ascii=False).encode()
    if not connection.in_atomic_block:
        connection.close()  # those who wait for receivers must not use up the database's
    return post(
        video.callback_url,
        body,
        headers,
        patience=settings.DELIVERY_TIMEOUT_SECONDS,
        should_stop=should_stop,
    )


def _news(video: Video) -> dict[str, object]:
    """Return what the client is told, in the words of its family."""
    if video.callback_family == CallbackFamily.CRUN:
        return crun.task_info(video)
    return suno.callback(video)


def _signature(delivery: Delivery) -> dict[str, str]:
    """Return kie.ai's headers, none where the owner has no webhook key."""
    key = WebhookKey.objects.key_of(delivery.owner_id)
    if not key:
        return {}
    now = str(int(time.time()))
    signed = tokens.signature(key, outcome.task_id(delivery.video), now)
    return {"X-Webhook-Timestamp": now, "X-Webhook-Signature": signed}
