"""What is told of a song's file: ``AudioInfo``, and what no song may exceed."""

from dataclasses import dataclass, field

from videos.render.errors import gettext_noop as _
from videos.render.tags.song_tags import SongTags

MAX_SECONDS = 2 * 60 * 60.0  # no song of this length or more is read, whatever the caller allows
UNREADABLE = _("No sound can be read from this file: it is damaged or not audio at all.")
MAX_MISSING_SECONDS = 2.0  # of the declared length of a complete file that decoders may leave out


@dataclass(frozen=True)
class AudioInfo:
    """What a sound file holds.

    ``duration`` is the seconds that can be decoded, ``declared_duration`` those that the file
    declares (None if it does not), ``sample_rate`` is in hertz, ``codec`` and ``container`` are
    FFmpeg's names, ``loudness`` is integrated, in LUFS (None for silence), ``title`` comes from the
    tags ("" for none), ``digest`` is that of the cached analysis ("" for none), ``silence`` is the
    seconds that are missing within the sound, ``tags`` are what the file says of the song,
    ``ends_early`` whether it breaks off where its header does not tell the length.
    """

    duration: float
    channels: int
    sample_rate: int
    codec: str
    container: str
    loudness: float | None
    title: str = ""
    digest: str = ""
    declared_duration: float | None = None
    silence: float = 0.0
    tags: SongTags = field(default_factory=SongTags)
    ends_early: bool = False

    @property
    def is_truncated(self) -> bool:
        """Whether the file ends before it should, as if its copying had broken off."""
        declared = self.declared_duration or 0.0
        return self.ends_early or declared - self.duration > MAX_MISSING_SECONDS
