"""The arithmetic of the connection pools: what all processes may use, and what PostgreSQL has."""

from collections.abc import Sequence

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.db import DatabaseError, connection

THREADS_BESIDE_FILMS = 3  # of a renderer: heartbeats, and the renewal of leases


def connections_of_machine() -> int:
    """Return how many connections the processes of the Procfile may use on one machine."""
    size = int(settings.DATABASE_POOL_SIZE)
    web = settings.WEB_PROCESSES * size
    renderer = min(size, settings.RENDER_CONCURRENCY + THREADS_BESIDE_FILMS)
    beat = 1
    return int(web + size + renderer + beat)


def count_machines() -> int:
    """Return on how many machines workers live, at least this one."""
    pulses = apps.get_model("videos", "WorkerPulse")  # Django loads the checks before the models
    names = pulses._default_manager.alive().values_list("name", flat=True)
    hosts = {name.partition("@")[2].rpartition(":")[0] for name in names}
    return max(1, len(hosts))


def connections_of_server() -> int:
    """Return how many connections PostgreSQL has for accounts that are no superusers."""
    names = ("max_connections", "superuser_reserved_connections")
    sql = "SELECT name, setting::int FROM pg_settings WHERE name = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(sql, [[*names]])
        values = dict(cursor.fetchall())
    return int(values[names[0]] - values[names[1]])


def check_connections(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **kwargs: object,
) -> list[CheckMessage]:
    """W023: PostgreSQL has a connection for every pool (``check --database default``)."""
    if not databases or connection.vendor != "postgresql":
        return []
    try:
        machines, available = count_machines(), connections_of_server()
    except DatabaseError:  # the tables are not there yet, and whoever has no database hears of it
        return []
    needed = machines * connections_of_machine()
    if needed <= available:
        return []
    return [
        Warning(
            f"All processes together may use {needed} connections ({machines} × "
            f"{connections_of_machine()}), but PostgreSQL has {available} for them.",
            hint="Raise max_connections there, or set DATABASE_POOL_SIZE, WEB_PROCESSES or "
            "WORK_CONCURRENCY lower.",
            id="videos.W023",
        )
    ]
