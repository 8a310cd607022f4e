"""The type of a request to a page that needs a log-in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from videos.models import User


class UserRequest(HttpRequest):
    """A request that ``LoginRequiredMiddleware`` let through: its user is a person."""

    user: User
    htmx: HtmxDetails
