"""What providers take and return: plain frozen data, never a database row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from videos.render.scene import Progress
from videos.statuses import MusicStatus, VideoStatus
from videos.vendors import VendorFacts

OnProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]


@dataclass(frozen=True)
class Submission:
    """An order of a film from a vendor, of a song that the vendor made."""

    task_id: str  # the music task
    audio_id: str  # the track in it
    callback_url: str
    author: str  # at most 50 characters, as is the domain name
    domain_name: str


@dataclass(frozen=True)
class VideoRecord:
    """A vendor's record of a video task."""

    status: VideoStatus  # PENDING for every status that is not documented
    video_url: str  # "" unless SUCCESS
    error_code: str
    error_message: str
    completed_at: datetime | None
    raw: dict[str, object]  # the JSON as received, limited in size, without our callback URL


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
    """A vendor's record of a music task."""

    task_id: str
    status: MusicStatus
    operation_type: str  # generate, extend, upload_cover, upload_extend or ""
    tracks: tuple[SongTrack, ...]
    error_code: str
    error_message: str
    raw: dict[str, object]


class Vendor(Protocol):
    """A vendor that makes films; every method raises ``ProviderError`` and nothing else.

    With a ``timeout``, in seconds, a request is sent once; without one it may be repeated.
    """

    @property
    def facts(self) -> VendorFacts:
        """Return what distinguishes it from other vendors."""

    @property
    def key(self) -> str:
        """Return its name in settings and rows."""

    @property
    def label(self) -> str:
        """Return its name on pages."""

    def submit(self, submission: Submission) -> str:
        """Order a film and return the vendor's id of the video task."""

    def video(self, task_id: str, timeout: float | None = None) -> VideoRecord:
        """Return the record of a video task."""

    def music(self, task_id: str, timeout: float | None = None) -> MusicRecord:
        """Return the record of a music task, with the tracks that are there."""

    def credits(self, timeout: float | None = None) -> float:
        """Return the credits of our account."""

    def word_times(self, task_id: str, audio_id: str) -> list[dict[str, object]]:
        """Return a track's aligned words (``startS``, ``endS`` in seconds); each call is billed."""
