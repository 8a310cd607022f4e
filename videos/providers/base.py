"""What every maker of films takes: plain frozen data, never a database row."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from videos.render.scene import Progress

OnProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]


@dataclass(frozen=True)
class Song:
    """The media of a track, as files on this machine."""

    audio: Path
    cover: Path | None
    lyrics: str
    lyrics_offset: float  # seconds; positive shows lines later
    title: str
    duration: float  # seconds


@dataclass(frozen=True)
class Order:
    """A film as somebody wants it."""

    song: Song
    author: str
    domain_name: str
    format: str  # "16:9", "9:16" or "1:1"
