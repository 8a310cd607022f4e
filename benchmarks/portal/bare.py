"""What each page is compared with: a view without middleware, which reads the same row.

It is served by the same gunicorn, from the same database, and returns as many bytes.
"""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suno_portal.settings")
django.setup(set_prefix=False)

from videos.models import Video  # noqa: E402 - models need the applications

settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = []
application = WSGIHandler()

SIZES = {200: 20_000, 204: 0}  # bytes


def read_row(request: HttpRequest, slug: str, status: int) -> HttpResponse:
    """Read all columns of a video, and return ``status`` with as many bytes as its page has."""
    row = Video.objects.filter(slug=slug).values().get()
    body = f"{row['status']:{SIZES[status]}}" if SIZES[status] else ""
    headers = {"Content-Length": str(len(body))} if body else {}
    return HttpResponse(body, status=status, headers=headers)


def ready(request: HttpRequest) -> HttpResponse:
    """Say that the server is up."""
    return HttpResponse()


urlpatterns = [path("", ready), path("<slug:slug>/<int:status>", read_row)]
