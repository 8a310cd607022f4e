"""Rows and their transitions; no input or output beyond the database."""

from videos.models.account import User
from videos.models.event import Event
from videos.models.music import MusicTask, Track
from videos.models.video import Video
from videos.models.worker import WorkerPulse

__all__ = ["Event", "MusicTask", "Track", "User", "Video", "WorkerPulse"]
