"""Calling the clients of our API back: the verbs that workers, pages and the admin share."""

from videos.delivery.call import deliver, send_again
from videos.delivery.line import begin_due, next_one, stopping

__all__ = ["begin_due", "deliver", "next_one", "send_again", "stopping"]
