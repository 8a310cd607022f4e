"""Finding videos and songs by words of their texts and by the beginning of any of their ids.

What few rows have is looked up by the indices of texts (trigrams on PostgreSQL, FTS5 on SQLite) and
ids, each table alone. What many rows have is met soon in whatever order a list has, so there the
rows are compared one by one. The newest rows tell which is which, where an index would have to read
half of a table.
"""

import uuid
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, TypeVar, cast

from django.db import connection
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    Model,
    OuterRef,
    Q,
    QuerySet,
    UUIDField,
)
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from django.db.models.options import Options

MIN_ID_LENGTH = 4  # characters; the ids of many rows begin with each shorter word
MIN_INDEXED_LENGTH = 3  # characters; the index of SQLite knows no shorter word
MAX_MATCHES = 500  # of a word, that are looked up; of those with more, a page fills soon
SAMPLE = 300  # of the newest rows
MIN_COMMON = 15  # of them, where a word is one that many rows have
HEX_DIGITS = frozenset("0123456789abcdef")
UUID_LENGTH = 32  # digits
UUID_PARTS = (8, 12, 16, 20)  # digits before each dash

VIDEO_TEXTS = ("track__title", "author", "domain_name", "track__tags")
VIDEO_IDS = ("pk", "slug", "track__audio_id", "track__music_task__task_id", "vendor_task_id")
TRACK_TEXTS = ("title", "tags")
TRACK_IDS = ("audio_id", "music_task__task_id")


Row = TypeVar("Row", bound=Model)


def filter_rows(
    rows: QuerySet[Row], query: str, *, texts: Iterable[str], ids: Iterable[str]
) -> QuerySet[Row]:
    """Return the ``rows`` that have each word of ``query`` in a text, or an id that begins with it.

    ``texts`` and ``ids`` are field lookups. Ids match with and without dashes.
    """
    texts, ids = tuple(texts), tuple(ids)
    few: set[object] | None = None  # the keys of those that have each word that few have
    common: list[Q] = []
    for word in query.replace("\0", "").split():
        by_ids = list(_ids_that_begin(rows.model, word, ids))
        compared = Q.create([_in_text(word, text) for text in texts], Q.OR)
        keys = (
            None
            if texts and _is_common(rows, compared)
            else _few_matches(rows, [*_texts_by_index(rows.model, word, texts), *by_ids])
        )
        if keys is None:
            common.append(Q.create([compared, *by_ids], Q.OR))
        else:
            few = keys if few is None else few & keys
    return (rows if few is None else _with_keys(rows, few)).filter(*common)


def _with_keys(rows: QuerySet[Row], keys: set[object]) -> QuerySet[Row]:
    """Return those of the ``rows`` with these keys, which are all of theirs.

    What made them be among the rows is left out of the query: beside it, SQLite would look at all
    rows of a person instead of these.
    """
    chosen = rows.all()
    chosen.query.clear_where()
    return chosen.filter(pk__in=keys)


def _is_common(rows: QuerySet[Row], condition: Q) -> bool:
    """Return whether many of the newest ``rows`` meet ``condition``."""
    newest = rows.order_by(*rows.model._meta.ordering or ("-pk",))
    is_match = ExpressionWrapper(condition, output_field=BooleanField())
    matches = newest.annotate(is_match=is_match).values_list("is_match", flat=True)[:SAMPLE]
    return sum(map(bool, matches)) >= MIN_COMMON


def _few_matches(rows: QuerySet[Row], conditions: list[Q]) -> set[object] | None:
    """Return the keys of the ``rows`` that meet one of ``conditions``, None where they are many."""
    every = rows.order_by()
    if connection.vendor == "sqlite" and every.query.where:
        # Which rows these are is asked of each match: by its statistics, SQLite would look at all
        # rows of a person first, who may have a hundred thousand
        is_one = Exists(every.filter(pk=OuterRef("pk")))
        every = rows.model._base_manager.order_by().filter(is_one)
    matching = [every.filter(condition).values_list("pk", flat=True) for condition in conditions]
    if not matching:
        return set()
    first, *others = matching
    keys = first.union(*others, all=True)[: MAX_MATCHES + 1] if others else first[: MAX_MATCHES + 1]
    matches = list(keys)
    return None if len(matches) > MAX_MATCHES else set(matches)


def _texts_by_index(model: type[Model], word: str, texts: tuple[str, ...]) -> Iterator[Q]:
    """Yield for each table what its rows meet that have ``word`` in one of ``texts``."""
    columns: dict[str, list[str]] = {}
    for text in texts:
        relation, _dashes, column = text.rpartition("__")
        columns.setdefault(relation, []).append(column)
    for relation, names in columns.items():
        table = _related_model(model, relation)._meta
        if len(word) >= MIN_INDEXED_LENGTH and _indexed_columns(table.db_table).issuperset(names):
            yield Q(**{f"{relation or 'pk'}__in": _rows_with(word, table, names)})
        else:
            own = [f"{relation}__{name}" if relation else name for name in names]
            yield Q.create([_in_text(word, text) for text in own], Q.OR)


@cache
def _indexed_columns(table: str) -> frozenset[str]:
    """Return the columns of a table that SQLite has in an index of texts; elsewhere none."""
    if connection.vendor != "sqlite":
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pragma_table_info(%s)", [f"{table}_texts"])
        return frozenset(name for (name,) in cursor.fetchall())


def _rows_with(word: str, table: "Options[Model]", columns: list[str]) -> RawSQL:
    """Return the keys of the rows of ``table`` that have ``word`` in one of ``columns``."""
    name, key = table.db_table, table.pk.column
    phrase = word.replace('"', '""')
    return RawSQL(  # noqa: S611  # nosec B611 - our own names
        f"SELECT {key} FROM {name} WHERE rowid IN "  # noqa: S608  # nosec B608
        f"(SELECT rowid FROM {name}_texts WHERE {name}_texts MATCH %s)",
        [f'{{{" ".join(columns)}}} : "{phrase}"'],
    )


def _ids_that_begin(model: type[Model], word: str, ids: tuple[str, ...]) -> Iterator[Q]:
    """Yield for each of ``ids`` what rows meet where it begins with ``word``."""
    plain = word.replace("-", "")
    if len(plain) < MIN_ID_LENGTH:
        return
    for field in ids:
        if _is_uuid(model, field):
            yield _begins_uuid(field, plain.lower())
        else:
            yield Q.create([_begins(field, each) for each in _spellings(word)], Q.OR)


def _in_text(word: str, text: str) -> Q:
    # SQLite ignores case in ASCII only, so the word is searched for in several cases
    is_sqlite = connection.vendor == "sqlite"
    cases = {word, word.lower(), word.upper(), word.capitalize()} if is_sqlite else {word}
    return Q.create([(f"{text}__icontains", case) for case in sorted(cases)], Q.OR)


def _is_uuid(model: type[Model], path: str) -> bool:
    """Return whether the field that ``path`` leads to has keys that are no text."""
    relation, _dashes, name = path.rpartition("__")
    model = _related_model(model, relation)
    return isinstance(model._meta.pk if name == "pk" else model._meta.get_field(name), UUIDField)


def _related_model(model: type[Model], path: str) -> type[Model]:
    """Return the model that the relations of ``path`` lead to, ``model`` where it is empty."""
    for relation in path.split("__") if path else ():
        model = cast(type[Model], model._meta.get_field(relation).related_model)
    return model


def _begins_uuid(field: str, digits: str) -> Q:
    """Return the condition of keys that begin with these ``digits``: none where they are none."""
    if len(digits) > UUID_LENGTH or not HEX_DIGITS.issuperset(digits):
        return Q(**{f"{field}__in": ()})
    first, last = (uuid.UUID(hex=digits.ljust(UUID_LENGTH, fill)) for fill in "0f")
    return Q(**{f"{field}__gte": first, f"{field}__lte": last})


def _begins(field: str, beginning: str) -> Q:
    """Return the condition of ids that begin so, as the index of the database can answer it."""
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": beginning, f"{field}__lt": f"{beginning}\U0010ffff"})
    return Q(**{f"{field}__startswith": beginning})


def _spellings(word: str) -> list[str]:
    """Return how an id that is searched by ``word`` may begin."""
    digits = word.replace("-", "").lower()
    ends = (*UUID_PARTS, len(digits))
    parts = [digits[begin:end] for begin, end in zip((0, *UUID_PARTS), ends, strict=True)]
    return sorted({word, word.lower(), digits, "-".join(part for part in parts if part)})
