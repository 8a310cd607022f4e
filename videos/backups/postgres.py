"""A snapshot of a PostgreSQL database: a file for each table, as COPY writes it.

It needs no program of PostgreSQL's and depends on no version of the server. The tables themselves
are made by the migrations that the backup names.
"""

import gzip
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from videos.backups.manifest import BLOCK_SIZE

MIGRATIONS = "django_migrations"
COLUMNS = """
SELECT c.table_name, c.column_name
FROM information_schema.columns c
JOIN information_schema.tables t USING (table_schema, table_name)
WHERE t.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
  AND c.is_generated = 'NEVER'
ORDER BY c.table_name, c.ordinal_position
"""


def write_snapshot(folder: Path) -> dict[str, list[str]]:
    """Write all rows into ``folder`` as they are at one moment; return tables and columns."""
    (folder / "database").mkdir()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        tables = columns_by_table(cursor)
        for table, columns in tables.items():
            with (
                gzip.open(folder / file_of(table), "wb", compresslevel=3) as file,
                cursor.copy(f"COPY {_target(table, columns)} TO STDOUT") as rows,
            ):
                for block in rows:
                    file.write(block)
    return tables


def file_of(table: str) -> str:
    """Return the name of the file of a table in a backup."""
    return f"database/{table}.copy.gz"


def columns_by_table(cursor: Any) -> dict[str, list[str]]:  # noqa: ANN401 - a cursor of Django's
    """Return the columns of the tables that are ours, but for the cache."""
    cursor.execute(COLUMNS)
    ours = {*connection.introspection.django_table_names(include_views=False), MIGRATIONS}
    caches = {str(each.get("LOCATION")) for each in settings.CACHES.values()}
    tables: dict[str, list[str]] = {}
    for table, column in cursor.fetchall():
        if (table in ours or table.startswith("videos_")) and table not in caches:
            tables.setdefault(table, []).append(column)
    return tables


def load_snapshot(
    folder: Path, tables: dict[str, list[str]], migrations: set[tuple[str, str]]
) -> None:
    """Replace all rows in one transaction; before that, make the tables as ``migrations`` do.

    Where the tables are those of the backup already, the transaction is all: an error leaves what
    was there.
    """
    if not _has_same_tables(tables, migrations):
        _make_tables(tables, migrations)
    filled = {table: columns for table, columns in tables.items() if table != MIGRATIONS}
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(map(connection.ops.quote_name, filled))
        cursor.execute(f"TRUNCATE {names} CASCADE")
        for table, columns in filled.items():
            _fill(cursor, folder, table, columns)
            _set_sequences(cursor, table, columns)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _has_same_tables(tables: dict[str, list[str]], migrations: set[tuple[str, str]]) -> bool:
    applied = MigrationRecorder(connection).applied_migrations()
    with connection.cursor() as cursor:
        return applied.keys() == migrations and columns_by_table(cursor) == tables


def _make_tables(tables: dict[str, list[str]], migrations: set[tuple[str, str]]) -> None:
    with connection.cursor() as cursor:
        present = {*columns_by_table(cursor), *(tables.keys() & _names(cursor))}
        if present:
            names = ", ".join(map(connection.ops.quote_name, sorted(present)))
            cursor.execute(f"DROP TABLE {names} CASCADE")
    executor = MigrationExecutor(connection)
    executor.migrate(_leaves(executor, migrations))


def _names(cursor: Any) -> set[str]:  # noqa: ANN401 - a cursor of Django's
    return {info.name for info in connection.introspection.get_table_list(cursor)}


def _leaves(
    executor: MigrationExecutor, migrations: set[tuple[str, str]]
) -> list[tuple[str, str | None]]:
    """Return those of the migrations on which none of the others depends."""
    nodes = executor.loader.graph.node_map
    parents = {parent.key for key in migrations & nodes.keys() for parent in nodes[key].parents}
    return [*sorted(migrations & nodes.keys() - parents)]


def _fill(cursor: Any, folder: Path, table: str, columns: list[str]) -> None:  # noqa: ANN401
    with (
        gzip.open(folder / file_of(table), "rb") as file,
        cursor.copy(f"COPY {_target(table, columns)} FROM STDIN") as rows,
    ):
        while block := file.read(BLOCK_SIZE):
            rows.write(block)


def _set_sequences(cursor: Any, table: str, columns: list[str]) -> None:  # noqa: ANN401
    """Let the numbers of new rows begin behind those that are there."""
    name = connection.ops.quote_name(table)
    for column in columns:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [name, column])
        (sequence,) = cursor.fetchone()
        if sequence:
            highest = f"MAX({connection.ops.quote_name(column)})"
            cursor.execute(
                f"SELECT setval(%s, COALESCE({highest}, 1), {highest} IS NOT NULL) FROM {name}",  # noqa: S608  # nosec B608 - quoted names
                [sequence],
            )


def _target(table: str, columns: list[str]) -> str:
    quote = connection.ops.quote_name
    return f"{quote(table)} ({', '.join(map(quote, columns))})"
