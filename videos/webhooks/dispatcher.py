"""Sends due webhooks from threads, so that no slow receiver holds up another.

Retry schedule: a failed delivery is due again after ``WEBHOOK_RETRY_MINUTES``, by default 1, 5 and
15 minutes, and then given up; ``Delivery.record_failure`` writes that. This module only sends what
is due, within the limits for one owner and one receiver (``DeliveryQuerySet.sendable``).

Webhooks have threads of their own because a request is nearly all waiting: the few threads of a
worker would soon all wait for dead receivers, and no vendor would be polled any more.
"""

import logging
import threading

from django.db import DatabaseError, connection

from videos.models import Delivery
from videos.webhooks.sending import deliver

logger = logging.getLogger(__name__)

THREADS = 32  # requests at a time in one worker process
CANDIDATES = 10  # deliveries that a thread tries to claim before it leaves them to other workers

stopping = threading.Event()  # set when this worker is asked to shut down
lanes = threading.BoundedSemaphore(THREADS)
_choosing = threading.Lock()


def send_due() -> int:
    """Start threads that send what is due, as far as there are lanes; return how many."""
    started = 0
    while not stopping.is_set() and lanes.acquire(blocking=False):
        try:
            delivery = next_delivery()
            if delivery is not None:
                threading.Thread(target=_keep_sending, args=(delivery,), daemon=True).start()
        except BaseException:
            lanes.release()
            raise
        if delivery is None:
            lanes.release()
            break
        started += 1
    return started


def next_delivery() -> Delivery | None:
    """Claim and return the next delivery to send, or None where none may be sent now."""
    with _choosing:  # two threads that count at the same moment would both be within the limit
        rows = Delivery.objects.select_related("video__track__music_task")
        for pk in rows.sendable().values_list("pk", flat=True)[:CANDIDATES]:
            if claimed := rows.claim(pk):
                return claimed
    return None


def _keep_sending(delivery: Delivery | None) -> None:
    """Send ``delivery`` and then further ones, until none may be sent."""
    try:
        while delivery is not None:
            deliver(delivery, stopping.is_set)
            delivery = None if stopping.is_set() else next_delivery()
    except DatabaseError as error:  # the lease expires, and it is sent again
        logger.warning("A delivery could not be noted: %s", type(error).__name__)
    finally:
        connection.close()
        lanes.release()
