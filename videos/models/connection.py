"""The connections of this process to the database."""

from django.db import OperationalError, connection
from psycopg.errors import ConnectionTimeout, TooManyConnections
from psycopg_pool import PoolTimeout

RETRY_AFTER = 10  # seconds after which a client may try again


def release_connection() -> None:
    """Give this thread's connection back to the pool, where there is one and nothing is open.

    Whoever waits for something else calls it: a process has fewer connections than threads.
    """
    if connection.settings_dict["OPTIONS"].get("pool") and not connection.in_atomic_block:
        connection.close()


def is_without_connection(error: BaseException | None) -> bool:
    """Return whether ``error`` says that no connection was free, or that no server answered."""
    causes = (PoolTimeout, TooManyConnections, ConnectionTimeout)
    return isinstance(error, OperationalError) and isinstance(error.__cause__, causes)
