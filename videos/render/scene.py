"""What a film is made from, how far its making has come, and what came out."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from videos.render.lyrics import Line

FPS, RATES = 30, (30, 60)
"""Frames a second: the usual, and all that there are."""

RESOLUTION, RESOLUTIONS = 720, (720, 1080)
"""Pixels of the shorter side of the picture: the usual, and all that there are."""


class Look(StrEnum):
    """How the pictures move with the sound."""

    GLOW = "glow"
    ORBIT = "orbit"
    WAVE = "wave"


class VideoFormat(StrEnum):
    """The shape of the picture, as width to height."""

    WIDE = "16:9"
    TALL = "9:16"
    SQUARE = "1:1"


SHAPES = {VideoFormat.WIDE: (16, 9), VideoFormat.TALL: (9, 16), VideoFormat.SQUARE: (1, 1)}


@dataclass(frozen=True)
class Scene:
    """Everything that decides how a film looks and sounds. Texts may be empty.

    `section_tags` names sections above their lines; `is_normalised` brings the sound to -14 LUFS,
    otherwise it is as loud as the song; `model_name` is Suno's model that made the song.
    """

    audio: Path
    cover: Path | None = None
    lyrics: tuple[Line, ...] = ()
    title: str = ""
    author: str = ""
    domain_name: str = ""
    format: VideoFormat = VideoFormat.WIDE
    look: Look = Look.GLOW
    resolution: int = RESOLUTION
    fps: int = FPS
    section_tags: bool = True
    is_normalised: bool = True
    model_name: str = ""

    @property
    def size(self) -> tuple[int, int]:
        """Return the width and height of the film in pixels."""
        width, height = SHAPES[self.format]
        scale = self.resolution // min(width, height)
        return width * scale, height * scale


@dataclass(frozen=True)
class Progress:
    """How far a film is: its stage ("reading", "drawing" or "finishing"), the fraction of the
    whole that is done (0 to 1, never falling) and the seconds left, once they can be told.
    """

    stage: str
    fraction: float
    seconds_left: float | None = None


@dataclass(frozen=True)
class Film:
    """A finished film: its file, its size in pixels and in bytes, its length in seconds, and a
    JPEG of one of its frames that lies beside it; how loud it is in LUFS, None for silence.
    """

    path: Path
    width: int
    height: int
    duration: float
    size: int
    poster: Path
    loudness: float | None = None
