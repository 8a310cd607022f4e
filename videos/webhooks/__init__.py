"""Webhooks, which go out to the clients of our API: signing, sending, dispatching."""

from videos.webhooks.dispatcher import next_delivery, send_due, stopping
from videos.webhooks.sending import deliver, resend

__all__ = ["deliver", "next_delivery", "resend", "send_due", "stopping"]
