"""Stacks: the films of one song as one, with the newest on top. They are queries, not rows."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from videos.models.video import Video

MAX_LISTED = 6  # films of a stack below the newest that a list of stacks shows


@dataclass
class Stack:
    """The newest film of a song, the next ones, and how many there are in all."""

    top: Video
    count: int = 1
    others: list[Video] = field(default_factory=list)

    @property
    def is_pending(self) -> bool:
        """Whether something may happen by itself with one of the films that are listed."""
        return any(film.is_in_progress for film in (self.top, *self.others))

    @property
    def unlisted_count(self) -> int:
        """How many films of the song are not listed."""
        return self.count - 1 - len(self.others)


def tops(videos: QuerySet[Video]) -> QuerySet[Video]:
    """Return those of the ``videos`` of one person that have no newer one of their song."""
    return _ends(videos, "gt")


def firsts(videos: QuerySet[Video]) -> QuerySet[Video]:
    """Return those that have no older one of their song: a list of the oldest ends soon by them."""
    return _ends(videos, "lt")


def _ends(videos: QuerySet[Video], lookup: str) -> QuerySet[Video]:
    beyond = videos.filter(
        Q(**{f"created_at__{lookup}": OuterRef("created_at")})
        | Q(**{f"pk__{lookup}": OuterRef("pk")}),
        track=OuterRef("track"),
        # Lets the database use its index
        **{f"created_at__{lookup}e": OuterRef("created_at")},
    )
    return videos.filter(~Exists(beyond.order_by()))


def stacks(films: list[Video], videos: QuerySet[Video], *, is_flat: bool = False) -> list[Stack]:
    """Return the stacks of ``films``, one of each song, among ``videos``; by one query.

    With ``is_flat`` each film is a stack of its own.
    """
    if is_flat or not films:
        return [Stack(film) for film in films]
    ranked = videos.filter(track__in=[film.track_id for film in films]).annotate(
        place=Window(
            RowNumber(), partition_by=F("track"), order_by=[F("created_at").desc(), F("pk").desc()]
        ),
        film_count=Window(Count("pk"), partition_by=F("track")),
    )
    by_song = {film.track_id: Stack(film) for film in films}
    for film in ranked.filter(place__lte=MAX_LISTED + 1).order_by("place"):
        stack = by_song[film.track_id]
        stack.count = film.film_count
        if film.place == 1:
            stack.top = film
        else:
            stack.others.append(film)
    return list(by_song.values())
