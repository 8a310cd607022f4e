"""What every maker of films takes and tells: plain frozen data, never a database row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from videos.render.scene import Progress
from videos.statuses import MusicStatus, VideoStatus

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
    words: tuple[Mapping[str, object], ...] = ()  # a vendor's aligned words, if they are to be used
    model_name: str = ""  # Suno's, where it is known


@dataclass(frozen=True)
class Order:
    """A film as somebody wants it from the built-in renderer."""

    song: Song
    author: str
    domain_name: str
    format: str  # "16:9", "9:16" or "1:1"
    look: str = "glow"  # or "orbit" or "wave"
    resolution: int = 720  # or 1080: pixels of the shorter side of a wide film
    fps: int = 30  # or 60
    is_normalised: bool = True  # to -14 LUFS; otherwise as loud as the song
    section_tags: bool = True  # whether sections are named above their lines


@dataclass(frozen=True)
class Submission:
    """A film as somebody wants it from a vendor, of a song that the vendor made."""

    task_id: str  # the music task
    audio_id: str  # the track in it
    callback_url: str
    author: str  # at most 50 characters, as is the domain name
    domain_name: str


@dataclass(frozen=True)
class VideoRecord:
    """What a vendor says of a video task."""

    status: VideoStatus  # PENDING for every word that nobody documented
    video_url: str  # "" unless SUCCESS
    error_code: str
    error_message: str
    completed_at: datetime | None
    raw: dict[str, object]  # the vendor's own words, without our callback address


@dataclass(frozen=True)
class SongTrack:
    """One track of a music task at a vendor."""

    audio_id: str
    audio_url: str
    stream_url: str
    image_url: str
    lyrics: str
    model_name: str
    title: str
    tags: str
    duration: float | None  # seconds
    created_at: datetime | None


@dataclass(frozen=True)
class MusicRecord:
    """What a vendor says of a music task."""

    task_id: str
    status: MusicStatus
    operation_type: str  # generate, extend, upload_cover, upload_extend or ""
    tracks: tuple[SongTrack, ...]
    error_code: str
    error_message: str
    raw: dict[str, object]


class Vendor(Protocol):
    """A vendor that makes films; every verb raises ``ProviderError`` and nothing else."""

    @property
    def key(self) -> str:
        """Return the word for it in settings and rows."""

    @property
    def label(self) -> str:
        """Return its name as people know it."""

    @property
    def retention(self) -> timedelta:
        """Return how long it keeps a film."""

    @property
    def knows_word_times(self) -> bool:
        """Return whether it has the times of each sung word."""

    @property
    def refuses_repeats(self) -> bool:
        """Return whether it answers a repeated order with the first video instead of billing it."""

    @property
    def webhook_key(self) -> str:
        """Return the key that signs its callbacks, "" where they are not signed."""

    def submit(self, submission: Submission) -> str:
        """Order a film and return the vendor's id of the video task."""

    def video(self, task_id: str, patience: float | None = None) -> VideoRecord:
        """Return how a video task stands.

        With ``patience``, in seconds, the question is asked once; without, it may be repeated.
        """

    def music(self, task_id: str, patience: float | None = None) -> MusicRecord:
        """Return how a music task stands, with the tracks that are there."""

    def credits(self, patience: float | None = None) -> float:
        """Return the credits of our account."""

    def word_times(self, task_id: str, audio_id: str) -> list[dict[str, object]]:
        """Return a track's words with ``startS`` and ``endS`` in seconds; it is billed."""
