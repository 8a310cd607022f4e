"""Mails that leave the machine: written to rows by pages, sent by workers."""

from videos.mail.outbox import enqueue, resend
from videos.mail.sending import send_next

__all__ = ["enqueue", "resend", "send_next"]
