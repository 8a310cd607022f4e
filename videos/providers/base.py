"""What every maker of films takes and gives: plain frozen data, never a database row."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Song:
    """The media of a track, as files on this machine."""

    audio: Path
    cover: Path | None
    lyrics: str
    lyrics_offset: float  # seconds; positive shows lines later
    title: str


@dataclass(frozen=True)
class Order:
    """A film as somebody wants it."""

    song: Song
    author: str
    domain_name: str
    format: str  # "16:9", "9:16" or "1:1"


@dataclass(frozen=True)
class Progress:
    """How far a film is."""

    stage: str  # "reading", "drawing" or "finishing"
    fraction: float  # 0 to 1, over all stages
    seconds_left: float | None


@dataclass(frozen=True)
class MadeFilm:
    """A finished film, as files on this machine."""

    path: Path
    poster: Path
    width: int  # pixels
    height: int
    duration: float  # seconds
    size: int  # bytes


OnProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]
