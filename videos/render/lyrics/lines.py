"""A song's words in time: what every format of lyrics is read into."""

from dataclasses import dataclass


class LyricsError(ValueError):
    """A file that holds no lyrics; its text is a sentence for the person who sent it."""


@dataclass(frozen=True)
class Word:
    """A word of a line and when it is sung, in seconds."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Line:
    """A sung line and when it is sung, in seconds.

    `words` is empty where the source times only whole lines. `section` is the tag above the line
    ("Chorus"), on the first line under it only.
    """

    start: float
    end: float
    text: str
    words: tuple[Word, ...] = ()
    section: str = ""
