"""Who is called when: many receivers at a time, and none that is slow holds up another.

Calls are made by threads of their own, because waiting is nearly all that they do: a worker's few
would soon be waiting for receivers that are dead, and vendors would not be asked any more.
"""

import logging
import threading

from django.db import DatabaseError, connection

from videos.models import Delivery
from videos.webhooks.sending import deliver

logger = logging.getLogger(__name__)

THREADS = 32  # calls at a time in one worker process
CANDIDATES = 10  # that are tried before they are left to other workers

stopping = threading.Event()  # set when this worker was asked to end
_free = threading.BoundedSemaphore(THREADS)
_choosing = threading.Lock()


def begin_due() -> int:
    """Begin to send what is due, as far as there are threads; return how many calls began."""
    begun = 0
    while not stopping.is_set() and _free.acquire(blocking=False):
        try:
            delivery = next_one()
            if delivery is not None:
                threading.Thread(target=_keep_sending, args=(delivery,), daemon=True).start()
        except BaseException:
            _free.release()
            raise
        if delivery is None:
            _free.release()
            break
        begun += 1
    return begun


def next_one() -> Delivery | None:
    """Claim and return what is to be sent next, None where nothing may be sent now."""
    with _choosing:  # two that count at the same moment would both find room
        rows = Delivery.objects.select_related("video__track__music_task")
        for pk in rows.next_ones().values_list("pk", flat=True)[:CANDIDATES]:
            if claimed := rows.claim(pk):
                return claimed
    return None


def _keep_sending(delivery: Delivery | None) -> None:
    """Send ``delivery``, and what may follow it, until nothing is due."""
    try:
        while delivery is not None:
            deliver(delivery, stopping.is_set)
            delivery = None if stopping.is_set() else next_one()
    except DatabaseError as error:  # the lease runs out, and it is sent again
        logger.warning("A delivery could not be noted: %s", type(error).__name__)
    finally:
        connection.close()
        _free.release()
