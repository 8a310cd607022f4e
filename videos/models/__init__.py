"""Rows and their transitions; no input or output beyond the database."""

from videos.models.account_deletion import AccountDeletion
from videos.models.account_event import AccountEvent
from videos.models.account_export import AccountExport
from videos.models.asset import Asset
from videos.models.circuit_breaker import Circuit
from videos.models.counter import Counter
from videos.models.event import Event
from videos.models.idempotency import IdempotentResponse
from videos.models.invitation import Invitation
from videos.models.keys import ApiKey, WebhookKey
from videos.models.lyrics_version import LyricsConflict, LyricsState, LyricsVersion, Origin
from videos.models.mail import Mail
from videos.models.music_task import MusicTask
from videos.models.password_reset import PasswordResetRequest
from videos.models.rate_limit import RateLimitSlot
from videos.models.review import Report, Review
from videos.models.scheduled_task import ScheduledTask
from videos.models.signing_key import SigningKey
from videos.models.track import Track
from videos.models.upload import Upload
from videos.models.user import User
from videos.models.video import Video
from videos.models.view_count import RecentViewer, ViewCount
from videos.models.webhook_delivery import Delivery, DeliveryAttempt
from videos.models.worker import WorkerPulse

__all__ = [
    "AccountDeletion",
    "AccountEvent",
    "AccountExport",
    "ApiKey",
    "Asset",
    "Circuit",
    "Counter",
    "Delivery",
    "DeliveryAttempt",
    "Event",
    "IdempotentResponse",
    "Invitation",
    "LyricsConflict",
    "LyricsState",
    "LyricsVersion",
    "Mail",
    "MusicTask",
    "Origin",
    "PasswordResetRequest",
    "RateLimitSlot",
    "RecentViewer",
    "Report",
    "Review",
    "ScheduledTask",
    "SigningKey",
    "Track",
    "Upload",
    "User",
    "Video",
    "ViewCount",
    "WebhookKey",
    "WorkerPulse",
]
