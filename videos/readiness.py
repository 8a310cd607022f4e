"""Readiness checks: whether the installation can make videos now, yes or no for each part."""

import logging
from collections.abc import Callable

from celery import current_app
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from videos.media import workspace
from videos.models import WorkerPulse
from videos.queue import DELIVER, RENDER, WORK

BROKER_TIMEOUT = 3  # seconds

logger = logging.getLogger(__name__)


def run_checks() -> dict[str, bool]:
    """Return the name of each part and whether it works; the reasons are only logged."""
    return {name: _passes(name, check) for name, check in PARTS.items()}


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
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


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


# Each returns whether the part works, or raises what is wrong with it
PARTS: dict[str, Callable[[], bool]] = {
    "database": _database_answers,
    "migrations": _migrations_are_applied,
    "broker": _broker_answers,
    "storage": _storage_is_writable,
    "workers": _workers_are_alive,
}
