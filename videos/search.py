"""Finding videos and songs by words of their texts and by any of their ids."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import CharField, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, Replace

MIN_ID_LENGTH = 4  # characters; almost all ids contain each shorter word

VIDEO_TEXTS = ("track__title", "author", "domain_name", "track__tags")
VIDEO_IDS = ("pk", "slug", "track__audio_id", "track__music_task__task_id", "vendor_task_id")
TRACK_TEXTS = ("title", "tags")
TRACK_IDS = ("audio_id", "music_task__task_id")


Row = TypeVar("Row", bound=Model)


def filter_rows(
    rows: QuerySet[Row], query: str, *, texts: Iterable[str], ids: Iterable[str]
) -> QuerySet[Row]:
    """Return the ``rows`` that contain each word of ``query`` in one of their texts or ids.

    ``texts`` and ``ids`` are field lookups. Parts of ids match, with and without dashes.
    """
    plain = {f"plain_{field}": _without_dashes(field) for field in ids}
    rows = rows.alias(**plain)
    for word in query.replace("\0", "").split():
        rows = rows.filter(_in_texts(word, texts) | _in_ids(word, plain))
    return rows


def _without_dashes(field: str) -> Replace:
    return Replace(Cast(field, CharField()), Value("-"), Value(""))


def _in_texts(word: str, texts: Iterable[str]) -> Q:
    # SQLite ignores case in ASCII only, so the word is searched for in several cases
    cases = {word, word.lower(), word.upper(), word.capitalize()}
    return Q.create([(f"{text}__icontains", case) for text in texts for case in cases], Q.OR)


def _in_ids(word: str, ids: Iterable[str]) -> Q:
    plain = word.replace("-", "")
    if len(plain) < MIN_ID_LENGTH:
        return Q(pk__in=())
    return Q.create([(f"{field}__icontains", plain) for field in ids], Q.OR)
