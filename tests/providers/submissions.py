"""Orders for the clients of vendors."""

from videos.providers.base import Submission


def submission(song, **changes: str) -> Submission:
    fields = {
        "task_id": song.task_id,
        "audio_id": song.audio_ids[0],
        "callback_url": "https://portal.example.com/callbacks/kie/our-token/",
        "author": "Ada",
        "domain_name": "example.com",
    }
    return Submission(**fields | changes)
