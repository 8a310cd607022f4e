"""The connections of this process to the database."""

import sqlite3

from django.db import InterfaceError, OperationalError, connection

RETRY_AFTER = 10  # seconds after which a client may try again
# Codes of SQLite for a file that is locked, cannot be read or written, or has no room
SQLITE_IS_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}


def release_connection() -> None:
    """Give this thread's connection back to the pool, where there is one and nothing is open.

    Whoever waits for something else calls it: a process has fewer connections than threads.
    """
    if connection.settings_dict["OPTIONS"].get("pool") and not connection.in_atomic_block:
        connection.close()


def is_database_away(error: BaseException | None) -> bool:
    """Return whether ``error`` says that the database cannot answer now, and may in a moment.

    No connection was free, the server restarts, a lock was not given, or its disk is full.
    """
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in SQLITE_IS_AWAY
    # Drivers name it so (PEP 249); importing that of PostgreSQL would cost each start on SQLite
    return any(each.__name__ == "OperationalError" for each in type(cause).__mro__)
