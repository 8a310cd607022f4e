"""What a callback may cause: its vendor is polled at once, and nothing in its body is believed."""

from videos.callbacks import tokens
from videos.models import Video
from videos.providers.json_fields import first, mapping, text
from videos.queue import enqueue


def receive_callback(provider: str, token: str, payload: object) -> None:
    """Have the video that ``token`` names polled at once, because its vendor may have news.

    Nothing that the ``payload`` says is believed. A callback is ignored where its token is not
    ours, where the video is final, and where it names another task than the video's.
    """
    pk = tokens.read_token(provider, token)
    video = Video.objects.pending().filter(pk=pk, provider=provider).first() if pk else None
    if video is None:
        return
    if video.vendor_task_id and extract_task_id(payload) != video.vendor_task_id:
        return
    if video.record_callback():
        enqueue(video)


def extract_task_id(payload: object) -> str:
    """Return the vendor's task id in a callback of either family, "" where there is none.

    Apikley, Create Music Video: ``data.task_id``; Crun sends the bare ``data`` object.
    """
    outer = mapping(payload)
    inner = mapping(outer.get("data"))
    names = ("task_id", "taskId")
    return text(first(inner, *names) or first(outer, *names), 100)
