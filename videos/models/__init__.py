"""Rows and their transitions; no input or output beyond the database."""

from videos.models.access import ApiKey
from videos.models.account import User
from videos.models.circuit import Circuit
from videos.models.event import Event
from videos.models.music import MusicTask, Track
from videos.models.vendored import Trouble
from videos.models.video import Video
from videos.models.worker import WorkerPulse

__all__ = [
    "ApiKey",
    "Circuit",
    "Event",
    "MusicTask",
    "Track",
    "Trouble",
    "User",
    "Video",
    "WorkerPulse",
]
