"""Videos that a vendor makes, at each of their stages."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import a_track, a_video
from tests.standin import StandIn
from videos.models import User, Video
from videos.statuses import Stage, VideoStatus


def a_vendor_video(owner: User, vendor: StandIn, **fields: object) -> Video:
    track = a_track(owner, audio_url=f"{vendor.url}/files/song.wav")
    task = track.music_task
    task.operation_type, task.provider = "generate", "kie"
    task.save(update_fields=["operation_type", "provider"])
    values = {
        "provider": "kie",
        "stage": Stage.WAITING,
        "vendor_task_id": "v-1",
        "submitted_at": timezone.now(),
        "due_at": timezone.now() + timedelta(seconds=20),
    }
    return a_video(owner, track, **values | fields)


def at_vendor(owner: User, vendor: StandIn, **fields: object) -> Video:
    """Return a video whose film only the vendor has."""
    values = {
        "status": VideoStatus.SUCCESS,
        "stage": Stage.COPYING,
        "vendor_url": f"{vendor.url}/files/film.mp4",
        "expires_at": timezone.now() + timedelta(days=13, hours=5),
        "completed_at": timezone.now(),
    }
    return a_vendor_video(owner, vendor, **values | fields)
