"""A person's rows by the ids of the API; rows of others are not found, like unknown ids."""

import uuid

from videos.api.errors import NOT_FOUND, ApiError
from videos.models import MusicTask, Track, User, Video

# The columns that the details of a video are made from: a query reads no others
VIDEO_FIELDS = (
    "author",
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
    "webhook_url",
)


def get_video(owner: User, task_id: str) -> Video:
    """Return the video of ``owner`` with that id; raises ``ApiError``."""
    video = find_video(owner, task_id)
    if video is None:
        raise not_found("taskId")
    return video


def find_video(owner: User, task_id: str) -> Video | None:
    """Return the video of ``owner`` with that id, None where there is none."""
    try:
        pk = uuid.UUID(task_id)
    except ValueError:
        return None
    videos = Video.objects.for_user(owner).select_related("track__music_task").only(*VIDEO_FIELDS)
    try:
        return videos.get(pk=pk)
    except Video.DoesNotExist:
        return None


def get_music_task(owner: User, task_id: str, field: str = "taskId") -> MusicTask:
    """Return the music task of ``owner``; raises ``ApiError``, which names ``field``."""
    task = MusicTask.objects.for_user(owner).filter(task_id=task_id).first()
    if task is None:
        raise not_found(field)
    return task


def get_track(owner: User, task_id: str, audio_id: str) -> Track:
    """Return the track of ``owner`` with these ids; raises ``ApiError``."""
    tracks = Track.objects.for_user(owner).filter(music_task__task_id=task_id)
    track = tracks.filter(audio_id=audio_id).first()
    if track is None:
        raise not_found("audioId" if tracks.exists() else "taskId")
    return track


def not_found(field: str) -> ApiError:
    """Return the error of a request whose ``field`` is the id of nothing."""
    return ApiError(NOT_FOUND, f"{field}: nothing here has this id.")
