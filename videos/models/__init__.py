"""Rows and their transitions; no input or output beyond the database."""

from videos.models.circuit_breaker import Circuit
from videos.models.delivery_attempt import DeliveryAttempt
from videos.models.event import Event
from videos.models.idempotency import Answered
from videos.models.keys import ApiKey
from videos.models.rate_limit import Turn
from videos.models.song import MusicTask, Track
from videos.models.user import User
from videos.models.vendor_task import Trouble
from videos.models.video import Video
from videos.models.webhook_delivery import Delivery
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
