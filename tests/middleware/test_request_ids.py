"""Ids of requests."""

import pytest
from django.http import HttpResponse

from videos.logs import request_id
from videos.middleware.request_ids import RequestMiddleware

pytestmark = pytest.mark.django_db


def test_each_request_has_an_id_that_errors_tell(rf, settings):
    def answer(status, own="request-of-nginx"):
        request = rf.get("/", headers={"X-Request-ID": own})
        ids = []

        def view(request):
            ids.append(request_id.get())
            return HttpResponse(status=status)

        response = RequestMiddleware(view)(request)
        assert request.META["portal.request_id"] == ids[0]
        return ids[0], response.headers.get("X-Request-ID")

    current, header = answer(500)
    assert len(current) == 32
    assert header == current != answer(500)[0]
    assert answer(200)[1] is None  # what is private answers like what is not there
    settings.BEHIND_PROXY = True
    assert answer(503) == ("request-of-nginx", "request-of-nginx")
    assert len(answer(500, 'x", "level": "INFO')[0]) == 32
    assert request_id.get() == ""
