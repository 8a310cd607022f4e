"""What the renderer takes and returns: the scene of a film, its progress, the finished film."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from videos.render.clips.clip import Clip
from videos.render.lyrics import Line
from videos.render.options import Sound, StyleOptions, VideoFormat

SHAPES = {VideoFormat.WIDE: (16, 9), VideoFormat.TALL: (9, 16), VideoFormat.SQUARE: (1, 1)}


@dataclass(frozen=True)
class Scene(StyleOptions):
    """Everything that decides how a film looks and sounds: the song, its texts and the options.

    Texts may be empty. With a ``clip`` the film shows only that part of the song; ``lyrics`` have
    the times of the whole song. ``genre``, or any tags, chooses what is drawn where there is no
    cover; ``model_name`` is Suno's model that made the song, ``comment`` what its file says of
    where it comes from. ``backdrop`` are pictures, or one video that ``convert_loop`` made, for the
    looks that show them; without any they show the cover.
    """

    audio: Path
    cover: Path | None = None
    lyrics: tuple[Line, ...] = ()
    title: str = ""
    author: str = ""
    domain_name: str = ""
    genre: str = ""
    model_name: str = ""
    comment: str = ""
    clip: Clip | None = None
    logo: Path | None = None
    backdrop: tuple[Path, ...] = ()

    @property
    def files(self) -> list[Path]:
        """The files that the film is made of."""
        pictures = filter(None, (self.cover, self.logo))
        return [self.audio, *pictures, *self.backdrop]

    def with_absolute_paths(self) -> Self:
        """Return the same scene for a process that works in another folder."""
        cover, logo = (path and path.absolute() for path in (self.cover, self.logo))
        backdrop = tuple(path.absolute() for path in self.backdrop)
        return replace(self, audio=self.audio.absolute(), cover=cover, logo=logo, backdrop=backdrop)

    @property
    def is_normalised(self) -> bool:
        """Whether the sound is brought to -14 LUFS; otherwise it is as loud as the song."""
        return self.sound == Sound.NORMALISED

    @property
    def heading(self) -> tuple[str, str]:
        """The title and the author as the picture shows them, empty where it does not."""
        return ("", "") if self.hide_title else (self.title, self.author)

    @property
    def signature(self) -> str:
        """What the cover is signed with."""
        return "" if self.hide_signature else self.author

    @property
    def site(self) -> str:
        """The domain name at the bottom."""
        return "" if self.hide_site else self.domain_name

    @property
    def size(self) -> tuple[int, int]:
        """The width and height of the film in pixels."""
        width, height = SHAPES[self.format]
        scale = self.resolution // min(width, height)
        return width * scale, height * scale


@dataclass(frozen=True)
class Progress:
    """How far a film is.

    ``stage`` is "reading", "drawing" or "finishing", ``fraction`` the part of the whole that is
    done (0 to 1, it never falls), ``seconds_left`` None until they can be estimated.
    """

    stage: str
    fraction: float
    seconds_left: float | None = None


@dataclass(frozen=True)
class Film:
    """A finished film.

    ``width`` and ``height`` are pixels, ``duration`` seconds, ``size`` bytes, ``loudness`` LUFS
    (None for silence); ``poster`` is a JPEG of one of its frames, which lies beside the film;
    ``silence`` is the seconds within the sound that were missing in the song. A clip has the time
    of the song at which it begins, ``clip_start``; ``song_duration`` is that of the whole song.
    """

    path: Path
    width: int
    height: int
    duration: float
    size: int
    poster: Path
    loudness: float | None = None
    silence: float = 0.0
    clip_start: float | None = None
    song_duration: float = 0.0
