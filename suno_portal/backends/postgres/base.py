"""The module of this engine that Django loads."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError

from videos.clock import database_clock, elapsed


class DatabaseWrapper(base.DatabaseWrapper):
    """Checks each connection from the pool, and drains the whole pool if one is dead.

    The check reads the server's clock, by which all machines decide what is due.

    Where a restart of the server or a firewall has cut one connection, it has cut all of them. The
    pool's own check finds that out one by one, with a backoff each time.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:  # noqa: ANN401 - as Django has it
        """Return a connection that was just checked."""
        connection = super().get_new_connection(conn_params)
        if not self.pool:
            return connection
        try:
            _read_clock(connection)
        except OperationalError:
            self.pool.putconn(connection)
            self.pool.drain()
            connection = super().get_new_connection(conn_params)
        return connection


def _read_clock(connection: Any) -> None:  # noqa: ANN401 - as Django has it
    """Ask the server for its time; raises ``OperationalError`` where the connection is dead."""
    is_autocommit = connection.autocommit
    if not is_autocommit:
        connection.autocommit = True
    try:
        before = elapsed()
        row = connection.execute("SELECT extract(epoch FROM clock_timestamp())").fetchone()
        database_clock.set(float(row[0]), before, elapsed())
    finally:
        if not is_autocommit and not connection.closed:
            connection.autocommit = False
