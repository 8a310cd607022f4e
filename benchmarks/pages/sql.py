"""Copies of a row by the thousand, in one statement that PostgreSQL and SQLite both know."""

from collections.abc import Mapping

from django.db import connection
from django.db.models import Model

# Numbers 1 to n; %% is one of SQL's own, because the statement has parameters
NUMBERS = """
WITH RECURSIVE numbers(i) AS (
    SELECT 1 WHERE %s > 0 UNION ALL SELECT i + 1 FROM numbers WHERE i < %s
)
"""


def is_postgres() -> bool:
    """Return whether the database is PostgreSQL."""
    return connection.vendor == "postgresql"


def copy_row(row: Model, count: int, values: Mapping[str, str]) -> None:
    """Insert ``count`` copies of a stored ``row``.

    ``values`` has an SQL expression of ``i``, the number of the copy from 1 on, for each field that
    is not as in ``row``. A key that the database counts up is left to it without one.
    """
    fields = row._meta.concrete_fields
    automatic = row._meta.auto_field
    used = [each for each in fields if each is not automatic or each.name in values]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(each.column)) for each in used)
    selected = ", ".join(
        values.get(each.name) or f"original.{quote(str(each.column))}" for each in used
    )
    table, key = quote(row._meta.db_table), row._meta.pk
    insert = (
        f"INSERT INTO {table} ({columns}) {NUMBERS} SELECT {selected} "  # noqa: S608 - our own
        f"FROM numbers CROSS JOIN {table} original WHERE original.{quote(str(key.column))} = %s"
    )
    with connection.cursor() as cursor:
        prepared = key.get_db_prep_value(row.pk, connection)
        cursor.execute(insert, [count, count, prepared])


def scattered_uuid(number: str) -> str:
    """Return an expression for a UUID that looks random and is the same for the same ``number``."""
    head, tail = f"({number}) * 2654435761 %% 4294967296", f"({number})"
    if is_postgres():
        digits = f"lpad(to_hex(({head})::bigint), 8, '0') || lpad(to_hex({tail}), 24, '0')"
        return f"({digits})::uuid"
    return f"printf('%%08x%%024x', {head}, {tail})"


def scattered_text(number: str) -> str:
    """Return an expression for 32 such digits as a text."""
    return (
        f"replace({scattered_uuid(number)}::text, '-', '')"
        if is_postgres()
        else (scattered_uuid(number))
    )


def as_text(number: str) -> str:
    """Return an expression for ``number`` as a text."""
    return f"CAST({number} AS text)"


def six_digits(number: str) -> str:
    """Return an expression for ``number`` as a text of six digits: no part of another one's."""
    return f"lpad({as_text(number)}, 6, '0')" if is_postgres() else f"printf('%%06d', {number})"


def minutes_ago(number: str) -> str:
    """Return an expression for the time so many minutes ago."""
    if is_postgres():
        return f"now() - ({number}) * interval '1 minute'"
    return f"strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now', '-' || ({number}) || ' minutes')"


def one_of(number: str, texts: tuple[str, ...]) -> str:
    """Return an expression for one of ``texts``, in turn."""
    cases = " ".join(f"WHEN {i} THEN '{text}'" for i, text in enumerate(texts))
    return f"CASE ({number}) %% {len(texts)} {cases} END"
