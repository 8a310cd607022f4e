"""The statuses, stages and failures of music tasks and videos; statuses are the vendors' words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MusicStatus(TextChoices):
    """Status of a music task, as in ``GET /api/v1/generate/record-info``."""

    PENDING = "PENDING", _("Waiting to be made")
    TEXT_SUCCESS = "TEXT_SUCCESS", _("The lyrics are written")
    FIRST_SUCCESS = "FIRST_SUCCESS", _("The first track is ready")
    SUCCESS = "SUCCESS", _("Ready")
    CREATE_TASK_FAILED = "CREATE_TASK_FAILED", _("Could not be started")
    GENERATE_AUDIO_FAILED = "GENERATE_AUDIO_FAILED", _("The music could not be made")
    CALLBACK_EXCEPTION = "CALLBACK_EXCEPTION", _("The vendor could not report back")
    SENSITIVE_WORD_ERROR = "SENSITIVE_WORD_ERROR", _("Refused because of its words")

    @property
    def is_final(self) -> bool:
        """Whether nothing more happens by itself."""
        return self not in {
            MusicStatus.PENDING,
            MusicStatus.TEXT_SUCCESS,
            MusicStatus.FIRST_SUCCESS,
            MusicStatus.CALLBACK_EXCEPTION,
        }


class VideoStatus(TextChoices):
    """Status of a video, as in ``successFlag`` of ``GET /api/v1/mp4/record-info``."""

    PENDING = "PENDING", _("In the making")
    SUCCESS = "SUCCESS", _("Ready")
    CREATE_TASK_FAILED = "CREATE_TASK_FAILED", _("Could not be started")
    GENERATE_MP4_FAILED = "GENERATE_MP4_FAILED", _("Failed")

    @property
    def is_final(self) -> bool:
        """Whether nothing more happens by itself."""
        return self is not VideoStatus.PENDING


class Stage(TextChoices):
    """What is being done to a video that is in the making."""

    QUEUED = "queued", _("Waiting for its turn")
    SUBMITTING = "submitting", _("Sending the order to the vendor")
    WAITING = "waiting", _("The vendor is making the film")
    COPYING = "copying", _("Copying the film to our storage")
    FETCHING = "fetching", _("Fetching the song")
    READING = "reading", _("Listening to the song")
    DRAWING = "drawing", _("Drawing the frames")
    FINISHING = "finishing", _("Finishing the film")


class Visibility(TextChoices):
    """Who may open a video's share page."""

    PRIVATE = "private", _("Private")
    PASSWORD = "password", _("Password")
    UNLISTED = "unlisted", _("Unlisted")
    PUBLIC = "public", _("Public")


class Failure(TextChoices):
    """Why a video has no film, as far as it changes what can be done about it."""

    NONE = "", _("None")
    CANCELLED = "cancelled", _("Cancelled")
    WORKER_LOST = "died", _("The workers were lost")
    MEDIA = "media", _("The song cannot be used")
    RENDER = "render", _("The renderer failed")
    VENDOR = "vendor", _("The vendor failed")
    REFUSED = "refused", _("The vendor refused the order")
    CREDITS = "credits", _("The vendor's credits are used up")
    ACCOUNT = "account", _("The vendor refuses our account")
    EXISTS = "exists", _("The vendor has it already, under an id it does not tell")
    STORAGE = "storage", _("The storage of this site failed")
    UNKNOWN = "unknown", _("Nobody knows whether the vendor took the order")
    DEADLINE = "deadline", _("The vendor took too long")
    LOST = "lost", _("The vendor deleted the film")


class DelayReason(TextChoices):
    """Why nothing moves for now, at the vendor or here, though the video has not failed."""

    NONE = "", _("None")
    THROTTLED = "throttled", _("The vendor takes no more orders for a moment")
    MAINTENANCE = "maintenance", _("The vendor is under maintenance")
    DOWN = "down", _("The vendor does not answer")
    REFUSED = "refused", _("The vendor refuses our account")
    CREDITS = "credits", _("This site's credits at the vendor are used up")
    STORAGE = "storage", _("This site cannot reach its files, or has no room for more")
