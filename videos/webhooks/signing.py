"""Signs webhooks as kie.ai signs its callbacks, with the webhook key of their owner."""

import time

from videos.callbacks import signatures
from videos.models import Delivery, WebhookKey
from videos.payloads import outcome


def signature_headers(delivery: Delivery) -> dict[str, str]:
    """Return kie.ai's headers with the present time; none where the owner has no webhook key."""
    key = WebhookKey.objects.key_for(delivery.owner_id)
    if not key:
        return {}
    timestamp = str(int(time.time()))
    return {
        signatures.TIMESTAMP_HEADER: timestamp,
        signatures.SIGNATURE_HEADER: signatures.sign(
            key, outcome.task_id(delivery.video), timestamp
        ),
    }
