"""Requests to the API, past everything that only pages need."""

import pytest
from django.utils import translation

from videos.api import dispatch


@pytest.mark.parametrize(
    ("path", "is_for_programs"),
    [
        ("/api/v1/mp4/generate", True),
        ("//api///v1/x", True),
        ("/api", True),
        ("/api/docs", False),
        ("/api/docs/", False),
        ("/apiary/", False),
        ("/videos/", False),
    ],
)
def test_requests_for_programs_are_told_from_pages(rf, path, is_for_programs):
    request = rf.get("/")
    request.path_info = path
    assert dispatch.is_api_request(request) is is_for_programs


def test_an_unknown_address_is_json_in_english(rf):
    with translation.override("de"):
        response = dispatch.handle(rf.get("/api/v1/nothing"))
        assert translation.get_language() == "en"
    assert response.status_code == 404
    assert response["Content-Type"] == "application/json"


@pytest.mark.django_db
def test_slashes_too_many_lead_to_the_same_place_and_methods_are_named(rf):
    for path in ("/api/v1/mp4/generate", "//api/v1//mp4/generate/"):
        request = rf.delete("/")
        request.path_info = path
        response = dispatch.handle(request)
        assert (response.status_code, response["Allow"]) == (405, "POST")
