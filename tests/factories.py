"""Rows for tests, made by plain functions: every argument has a sensible default."""

import itertools
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from tests import media_files
from videos.models import Delivery, Mail, MusicTask, Track, User, Video, WorkerPulse
from videos.models.webhook_delivery import receiver_of
from videos.statuses import Failure, MusicStatus, Stage, VideoStatus

PASSWORD = "correct horse battery staple"
_numbers = itertools.count(1)


def a_user(email: str = "", **fields: object) -> User:
    return User.objects.create_user(
        email or f"person{next(_numbers)}@example.com", PASSWORD, **fields
    )


def an_operator(email: str = "operator@example.com") -> User:
    return User.objects.create_superuser(email, PASSWORD)


def a_track(owner: User | None = None, **fields: object) -> Track:
    """Return a song without files; see ``a_playable_track``."""
    task = MusicTask.objects.create(owner=owner or a_user(), status=MusicStatus.SUCCESS)
    values = {"title": "Northern Lights", "tags": "ambient, synth", "duration": 61.0}
    return Track.objects.create(music_task=task, **values | fields)


def a_playable_track(owner: User | None = None, **fields: object) -> Track:
    """Return a song with one second of sound and a cover."""
    files = {
        "audio": ContentFile(media_files.wav(), "song.wav"),
        "cover": ContentFile(media_files.jpeg(), "cover.jpg"),
    }
    values = {"duration": 1.0, "channels": 1, "sample_rate": 8000, "loudness": -20.0}
    return a_track(owner, **values | files | fields)


def a_video(owner: User | None = None, track: Track | None = None, **fields: object) -> Video:
    """Return a pending video that is due."""
    if owner is None:
        owner = track.music_task.owner if track else a_user()
    values = {"due_at": timezone.now(), "author": "Ada", "domain_name": "example.com"}
    return Video.objects.create(owner=owner, track=track or a_track(owner), **values | fields)


def a_failed_video(
    owner: User | None = None, track: Track | None = None, **fields: object
) -> Video:
    values = {
        "status": VideoStatus.GENERATE_MP4_FAILED,
        "failure": Failure.RENDER,
        "error_message": "The renderer broke down.",
        "due_at": None,
    }
    return a_video(owner, track, **values | fields)


def a_finished_video(
    owner: User | None = None, track: Track | None = None, **fields: object
) -> Video:
    """Return a video with a real film of one second and a poster."""
    film = fields.pop("film_bytes", None) or media_files.mp4()
    now = timezone.now()
    values = {
        "status": VideoStatus.SUCCESS,
        "stage": Stage.FINISHING,
        "fraction": 1,
        "due_at": None,
        "started_at": now - timedelta(seconds=20),
        "completed_at": now,
        "width": 64,
        "height": 36,
        "duration": 1.0,
        "size": len(film),
    }
    video = a_video(owner, track, **values | fields)
    folder = f"films/{video.pk.hex}"
    video.film = default_storage.save(f"{folder}/1.mp4", ContentFile(film))
    video.poster = default_storage.save(f"{folder}/1.jpg", ContentFile(media_files.jpeg(64, 36)))
    video.save(update_fields=["film", "poster"])
    return video


def a_pulse(queue: str, seconds_ago: float = 1) -> WorkerPulse:
    seen_at = timezone.now() - timedelta(seconds=seconds_ago)
    return WorkerPulse.objects.create(name=f"{queue}@test", queue=queue, seen_at=seen_at)


def a_delivery(video: Video | None = None, **fields: object) -> Delivery:
    """Return a webhook delivery that is due, of a finished video unless ``video`` is another."""
    if video is None:
        url = str(fields.pop("url", "https://client.example/hook"))
        video = a_finished_video(webhook_url=url, webhook_family=fields.pop("family", "suno"))
    values = {
        "owner": video.owner,
        "receiver": receiver_of(video.webhook_url),
        "outcome": video.status,
        "due_at": timezone.now(),
    }
    return Delivery.objects.create(video=video, **values | fields)


def a_mail(recipient: str = "ann@example.com", **fields: object) -> Mail:
    """Return a mail that is due."""
    values = {
        "sender": "noreply@example.com",
        "subject": "Password Reset Email",
        "message": f"Subject: Reset\r\nTo: {recipient}\r\n\r\nhttps://portal.example.com/accounts/x-1/",
        "due_at": timezone.now(),
    }
    return Mail.objects.create(recipient=recipient, **values | fields)
