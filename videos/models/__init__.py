"""Rows and their transitions; no input or output beyond the database."""

from videos.models.access import ApiKey
from videos.models.account import User
from videos.models.answered import Answered
from videos.models.circuit import Circuit
from videos.models.delivery import Delivery
from videos.models.delivery_attempt import DeliveryAttempt
from videos.models.event import Event
from videos.models.music import MusicTask, Track
from videos.models.turn import Turn
from videos.models.vendored import Trouble
from videos.models.video import Video
from videos.models.webhook_key import WebhookKey
from videos.models.worker import WorkerPulse

__all__ = [
    "Answered",
    "ApiKey",
    "Circuit",
    "Delivery",
    "DeliveryAttempt",
    "Event",
    "MusicTask",
    "Track",
    "Trouble",
    "Turn",
    "User",
    "Video",
    "WebhookKey",
    "WorkerPulse",
]
