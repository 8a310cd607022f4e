"""What Django loads of this engine."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks a connection from the pool whether it is alive, and lets all go if one is not.

    Where one was cut, by a restart of the server or a firewall, so were the others. The pool's own
    check finds that out one by one, waiting longer each time.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:  # noqa: ANN401 - as Django has it
        """Return a connection that was alive a moment ago."""
        connection = super().get_new_connection(conn_params)
        if not self.pool:
            return connection
        try:
            ConnectionPool.check_connection(connection)
        except OperationalError:
            self.pool.putconn(connection)
            self.pool.drain()
            connection = super().get_new_connection(conn_params)
        return connection
