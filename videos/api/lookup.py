"""A person's tasks by their ids: somebody else's are not found, like those that never were."""

import uuid

from videos.api.errors import NOT_FOUND, Refused
from videos.models import MusicTask, Track, User, Video

TOLD = (
    "author",
    "callback_url",
    "completed_at",
    "created_at",
    "domain_name",
    "duration",
    "error_message",
    "failure",
    "film",
    "format",
    "look",
    "provider",
    "stage",
    "status",
    "track__audio_id",
    "track__title",
    "track__music_task__task_id",
)
"""What programs are told of a video, or what decides it: a question costs no more than that."""


def video(owner: User, task_id: str, name: str = "taskId") -> Video:
    """Return the video of ``owner``; raises ``Refused``."""
    found = maybe_video(owner, task_id)
    if found is None:
        raise Refused(NOT_FOUND, f"{name}: nothing here has this id.")
    return found


def maybe_video(owner: User, task_id: str) -> Video | None:
    """Return the video of ``owner``, None where there is none of that id."""
    try:
        pk = uuid.UUID(task_id)
    except ValueError:
        return None
    mine = Video.objects.for_user(owner).select_related("track__music_task").only(*TOLD)
    try:
        return mine.get(pk=pk)
    except Video.DoesNotExist:
        return None


def music(owner: User, task_id: str, name: str = "taskId") -> MusicTask:
    """Return the music task of ``owner``; raises ``Refused``."""
    found = MusicTask.objects.for_user(owner).filter(task_id=task_id).first()
    if found is None:
        raise Refused(NOT_FOUND, f"{name}: nothing here has this id.")
    return found


def track(owner: User, task_id: str, audio_id: str) -> Track:
    """Return the track of ``owner``; raises ``Refused``."""
    mine = Track.objects.for_user(owner).filter(music_task__task_id=task_id)
    found = mine.filter(audio_id=audio_id).first()
    if found is None:
        field = "audioId" if mine.exists() else "taskId"
        raise Refused(NOT_FOUND, f"{field}: nothing here has this id.")
    return found
