"""Finding videos and songs by words of their texts and by the beginning of any of their ids.

What few rows have is looked up by the indices of texts and ids, each table alone. What many rows
have is met soon in whatever order a list has, so there the rows are compared one by one.
"""

import uuid
from collections.abc import Iterable, Iterator
from typing import TypeVar, cast

from django.db import connection
from django.db.models import Model, Q, QuerySet, UUIDField

MIN_ID_LENGTH = 4  # characters; the ids of many rows begin with each shorter word
MAX_MATCHES = 500  # of a word, that are looked up; of those with more, a page fills soon
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
    every = rows
    for word in query.replace("\0", "").split():
        conditions = list(_conditions(rows.model, word, tuple(texts), tuple(ids)))
        keys = _few_matches(every, conditions)
        if keys is None:
            rows = rows.filter(Q.create([condition for _subject, condition in conditions], Q.OR))
        else:
            rows = rows.filter(pk__in=keys)
    return rows


def _few_matches(rows: QuerySet[Row], conditions: list[tuple[str, Q]]) -> set[object] | None:
    """Return the keys of the ``rows`` that meet one of ``conditions``, None where they are many."""
    plain = rows.order_by().values_list("pk", flat=True)
    by_index: dict[str, Q] = {}
    for subject, condition in conditions:
        by_index[subject] = by_index.get(subject, Q()) | condition
    matching = [plain.filter(condition) for condition in by_index.values()]
    if not matching:
        return set()
    first, *others = matching
    keys = first.union(*others, all=True)[: MAX_MATCHES + 1] if others else first[: MAX_MATCHES + 1]
    matches = list(keys)
    return None if len(matches) > MAX_MATCHES else set(matches)


def _conditions(
    model: type[Model], word: str, texts: tuple[str, ...], ids: tuple[str, ...]
) -> Iterator[tuple[str, Q]]:
    """Yield what a row may meet, each with what it is about: the texts of a table, or one id."""
    for text in texts:
        yield text.rpartition("__")[0], _in_text(word, text)
    plain = word.replace("-", "")
    if len(plain) < MIN_ID_LENGTH:
        return
    for field in ids:
        if _is_uuid(model, field):
            condition = _begins_uuid(field, plain.lower())
        else:
            condition = Q.create([_begins(field, each) for each in _spellings(word)], Q.OR)
        yield field, condition


def _in_text(word: str, text: str) -> Q:
    # SQLite ignores case in ASCII only, so the word is searched for in several cases
    is_sqlite = connection.vendor == "sqlite"
    cases = {word, word.lower(), word.upper(), word.capitalize()} if is_sqlite else {word}
    return Q.create([(f"{text}__icontains", case) for case in sorted(cases)], Q.OR)


def _is_uuid(model: type[Model], path: str) -> bool:
    """Return whether the field that ``path`` leads to has keys that are no text."""
    *relations, name = path.split("__")
    for relation in relations:
        model = cast(type[Model], model._meta.get_field(relation).related_model)
    return isinstance(model._meta.pk if name == "pk" else model._meta.get_field(name), UUIDField)


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
