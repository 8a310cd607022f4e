"""The pages of the look Kinetic: what fills the picture from when to when."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from videos.render.lyrics import Line
from videos.render.lyrics.word_times import TimedPart, time_parts
from videos.render.paint.lyrics_line import MAX_CHARACTERS, NO_WORDS
from videos.render.paint.lyrics_window import Moment, group_moments
from videos.render.text import clean
from videos.render.text.wrapping import split_unbreakable

LEAD = 0.12  # seconds by which words are ahead of the voice: when it begins they are there
LEAVE_TIME = 0.12  # seconds in which a page fades away

# Lines that follow each other more quickly share a page: a new page every time would flash.
MIN_PAGE = 0.7
MAX_HOLD = 2.0  # seconds that a line stays after its end if no other begins
MIN_INTERLUDE = 4.0  # seconds without a line that are worth a card with the title
CARD_TIME = 9.0  # seconds about after which the words of a card come in again
BEFORE_FILM = -5.0  # a page that starts then is complete in the first frame

SIDE_SCALE, LABEL_SCALE = 0.46, 0.2  # the font sizes of rows below the first, and of a label
CASCADE = 0.12  # seconds from one word of a card to the next


class PageText(NamedTuple):
    """A text of a page: its parts in order, each with its start, and how large it is beside others.

    The newest part of a text that ``is_sung`` is lit.
    """

    text: str
    parts: tuple[TimedPart, ...]
    scale: float = 1.0
    is_sung: bool = False


class Page(NamedTuple):
    """Texts below each other, from ``start`` to ``end`` in seconds, when they are gone."""

    start: float
    end: float
    texts: tuple[PageText, ...]


def make_pages(
    lines: Sequence[Line], title: str, author: str, duration: float, with_sections: bool = True
) -> list[Page]:
    """Return the pages of a film of ``duration`` seconds in their order.

    Where nothing is sung for long, cards show title and author.
    """
    pages: list[Page] = []
    free_from = BEFORE_FILM
    for page in _sung_pages(lines, with_sections):
        pages += _cards(title, author, free_from, page.start)
        pages.append(page)
        free_from = page.end
    return [*pages, *_cards(title, author, free_from, duration + 1)]


def _sung_pages(lines: Sequence[Line], with_sections: bool) -> Iterator[Page]:
    groups: list[list[Moment]] = []
    for moment in group_moments(lines) if lines else ():
        if groups and moment.start - groups[-1][0].start < MIN_PAGE:
            groups[-1].append(moment)
        else:
            groups.append([moment])
    for number, group in enumerate(groups):
        last = max(line.end for moment in group for line in moment.lines)
        end = max(last, group[-1].start) + MAX_HOLD
        if number + 1 < len(groups):
            end = min(end, groups[number + 1][0].start - LEAD)
        texts = tuple(text for moment in group for text in _sung_texts(moment, with_sections))
        yield Page(group[0].start - LEAD, end, texts)


def _sung_texts(moment: Moment, with_sections: bool) -> Iterator[PageText]:
    """Yield the texts of a moment: the name of its section, its line, and what goes with it."""
    first = moment.lines[0]
    if with_sections and (section := clean(first.section)):
        yield _whole(section.upper(), moment.start, LABEL_SCALE)
    for number, line in enumerate(moment.lines):
        text = clean(line.text[:MAX_CHARACTERS]) or NO_WORDS
        parts = time_parts(line, text, split_unbreakable(text))
        scale = SIDE_SCALE if number else 1.0
        yield PageText(text, tuple(parts), scale, not number and not line.is_guessed)


def _whole(text: str, start: float, scale: float) -> PageText:
    return PageText(text, (TimedPart(start, text),), scale)


def _cards(title: str, author: str, start: float, end: float) -> Iterator[Page]:
    """Yield cards with title and author that fill a time, if it is long enough."""
    seconds = end - max(0.0, start)
    if seconds < (1.0 if start == BEFORE_FILM else MIN_INTERLUDE):
        return
    count = max(1, round(seconds / CARD_TIME))
    edges = [max(0.0, start) + seconds * number / count for number in range(count + 1)]
    edges[0] = start
    for begin, finish in pairwise(edges):
        yield Page(begin, finish, tuple(_card_texts(title, author, begin)))


def _card_texts(title: str, author: str, start: float) -> Iterator[PageText]:
    text = clean(title) or clean(author) or NO_WORDS
    parts = split_unbreakable(text)
    times = [start + LEAD + CASCADE * number for number in range(len(parts))]
    yield PageText(text, tuple(map(TimedPart, times, parts)))
    below = clean(author)
    if below and below != text:
        yield _whole(below, start + LEAD + CASCADE * len(parts), SIDE_SCALE)
