"""Middleware that gives each request an id for the logs, and counts it for the metrics."""

import re
import time
import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from videos import logs
from videos.middleware import Middleware
from videos.models.connection import release_connection
from videos.monitoring import requests

REQUEST_ID_KEY = "portal.request_id"
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestMiddleware(Middleware):
    """Gives each request an id for the logs, and counts and times it for the metrics.

    A proxy of ours may send the id (``X-Request-ID``). An answer that tells of an error of ours has
    it, so that whoever reports the error can name it; all others are alike without it.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, with its id in the context."""
        current = request.headers.get("X-Request-ID", "") if settings.BEHIND_PROXY else ""
        if not REQUEST_ID.fullmatch(current):
            current = uuid.uuid4().hex
        started = time.perf_counter()
        token = logs.request_id.set(current)
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(token)
        requests.record(request, response, time.perf_counter() - started)
        request.META[REQUEST_ID_KEY] = current  # for the access log
        if response.status_code >= 500:
            response["X-Request-ID"] = current
        release_connection()  # whoever reads a film slowly needs none meanwhile
        return response
