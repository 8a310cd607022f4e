"""Deliveries that a worker sends to a real receiver."""

from django.utils import timezone

from tests.factories import a_failed_video, a_track
from tests.receiver import Receiver
from videos.models import Delivery, Video
from videos.webhooks import deliver


def never() -> bool:
    return False


def sent(delivery: Delivery) -> Delivery:
    """Let a worker claim and send ``delivery``, and return the row afterwards."""
    Delivery.objects.filter(pk=delivery.pk).update(due_at=timezone.now())
    rows = Delivery.objects.select_related("video__track__music_task")
    claimed = rows.claim(delivery.pk)
    assert claimed is not None
    deliver(claimed, never)
    return Delivery.objects.get(pk=delivery.pk)


def failed(receiver: Receiver, **fields: object) -> Video:
    values = {"webhook_url": receiver.url, "webhook_family": "suno", **fields}
    return a_failed_video(track=a_track(), **values)
