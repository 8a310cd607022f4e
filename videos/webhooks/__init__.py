"""Calling the clients of our API back: the verbs that workers, pages and the admin share."""

from videos.webhooks.scheduler import begin_due, next_one, stopping
from videos.webhooks.sending import deliver, send_again

__all__ = ["begin_due", "deliver", "next_one", "send_again", "stopping"]
