"""Readiness checks: whether this process can serve pages, and whether videos can be made now.

A balancer takes a web process out when it is not ready. So that counts only what this process
needs: where workers, beat or broker stand still, all web processes still serve films and take
orders.
"""

import logging
from collections.abc import Callable
from functools import cache

from celery import current_app
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from videos.media import workspace
from videos.models import ScheduledTask, WorkerPulse
from videos.queue import BEAT, DELIVER, RENDER, WORK

BROKER_TIMEOUT = 3  # seconds

logger = logging.getLogger(__name__)


def run_checks(*, everything: bool = False) -> dict[str, bool]:
    """Return the name of each part and whether it works; the reasons are only logged.

    ``everything`` adds what is not of this process.
    """
    parts = {**PARTS, **OTHER_PARTS} if everything else PARTS
    return {name: _passes(name, check) for name, check in parts.items()}


def _passes(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # whatever is wrong with one part, the others are still checked
        logger.exception("Not ready: %s", name)
        return False


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def _migrations_are_applied() -> bool:
    """Return whether the schema fits this code: a newer one does, too, while a site is updated."""
    return own_migrations() <= MigrationRecorder(connection).applied_migrations().keys()


@cache
def own_migrations() -> frozenset[tuple[str, str]]:
    """Return the migrations that this process was started with."""
    return frozenset(MigrationLoader(None).disk_migrations or {})


def _broker_answers() -> bool:
    with current_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_TIMEOUT)
        return True


def _storage_is_writable() -> bool:
    workspace.check_writable()
    return True


def _workers_are_alive() -> bool:
    alive = ",".join(WorkerPulse.objects.alive().values_list("queue", flat=True))
    return {WORK, RENDER, DELIVER} <= set(alive.split(","))


def _beat_ticks() -> bool:
    """Return whether beat lives and its ticks reach workers; a beat that is frozen sends none."""
    return ScheduledTask.objects.ticks() and WorkerPulse.objects.alive().filter(queue=BEAT).exists()


# Each returns whether the part works, or raises what is wrong with it
PARTS: dict[str, Callable[[], bool]] = {
    "database": _database_answers,
    "migrations": _migrations_are_applied,
    "storage": _storage_is_writable,
}
OTHER_PARTS: dict[str, Callable[[], bool]] = {
    "broker": _broker_answers,
    "workers": _workers_are_alive,
    "beat": _beat_ticks,
}
