"""SQLite's own indices of where a word stands in the texts of a table: FTS5 with trigrams.

Triggers keep them right. Django alters most columns of SQLite by making the table anew, and that
drops its triggers: such a migration ends with ``RunPython(create_text_indices, …)`` of its tables.
``tests/test_search.py`` notices where one is missing.

An SQLite without FTS5 has no such index, and search reads the tables.
"""

from collections.abc import Iterable, Mapping

from django.db import DatabaseError, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# The key of a row is its rowid, also in tables whose key is no number. VACUUM leaves it alone in
# tables that have an index, as all of these do
_STATEMENTS = (
    "CREATE VIRTUAL TABLE {index} USING fts5({columns}, content='{table}', tokenize='trigram')",
    "CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {add} END",
    "CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {remove} END",
    "CREATE TRIGGER {index}_update AFTER UPDATE OF {columns} ON {table} WHEN {is_changed} "
    "BEGIN {remove} {add} END",
    "INSERT INTO {index} ({index}) VALUES ('rebuild')",
)
_TRIGGERS = ("insert", "delete", "update")
_ADD = "INSERT INTO {index} (rowid, {columns}) VALUES (new.rowid, {new});"
_REMOVE = "INSERT INTO {index} ({index}, rowid, {columns}) VALUES ('delete', old.rowid, {old});"


def create_text_indices(
    schema_editor: BaseDatabaseSchemaEditor, texts: Mapping[str, Iterable[str]]
) -> None:
    """Index the columns of each table, ``texts``, anew; on PostgreSQL this does nothing."""
    if schema_editor.connection.vendor != "sqlite":
        return
    try:
        with transaction.atomic():
            for table, columns in texts.items():
                _drop(schema_editor, table)
                for statement in _statements(table, tuple(columns)):
                    schema_editor.execute(statement, params=None)
    except DatabaseError:
        drop_text_indices(schema_editor, texts)


def drop_text_indices(
    schema_editor: BaseDatabaseSchemaEditor, texts: Mapping[str, Iterable[str]]
) -> None:
    """Drop the indices of these tables, and what keeps them right."""
    if schema_editor.connection.vendor == "sqlite":
        for table in texts:
            _drop(schema_editor, table)


def _drop(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    for event in _TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_texts_{event}", params=None)
    schema_editor.execute(f"DROP TABLE IF EXISTS {table}_texts", params=None)


def _statements(table: str, columns: tuple[str, ...]) -> list[str]:
    """Return what makes the index of a table, fills it and keeps it right."""
    words = {
        "table": table,
        "index": f"{table}_texts",
        "columns": ", ".join(columns),
        "new": ", ".join(f"new.{column}" for column in columns),
        "old": ", ".join(f"old.{column}" for column in columns),
        "is_changed": " OR ".join(f"old.{column} IS NOT new.{column}" for column in columns),
    }
    actions = {"add": _ADD.format(**words), "remove": _REMOVE.format(**words)}
    return [statement.format(**words, **actions) for statement in _STATEMENTS]
