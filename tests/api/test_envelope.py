"""The envelope of the API's responses."""

import json

import pytest

from videos.api import envelope


@pytest.mark.parametrize(
    ("path", "name"), [("/api/v1/mp4/generate", "msg"), ("/api/v1/client/job/TaskInfo", "message")]
)
def test_each_family_calls_the_message_by_its_own_name(rf, path, name):
    response = envelope.success(rf.get(path), {"a": 1})
    assert json.loads(response.content) == {"code": 200, name: "success", "data": {"a": 1}}
    response = envelope.error(rf.get(path), 404, "Nothing.")
    assert json.loads(response.content) == {"code": 404, name: "Nothing."}


def test_an_error_is_an_http_success_that_says_when_to_come_again(rf):
    response = envelope.error(rf.get("/api/v1/x"), 429, "Later.", retry_after=7)
    assert (response.status_code, response["Retry-After"]) == (200, "7")
    assert "Retry-After" not in envelope.error(rf.get("/api/v1/x"), 429, "Later.")


def test_nothing_stores_a_response_and_its_length_is_in_bytes():
    response = envelope.json_response({"title": "é"}, 500)
    assert response.status_code == 500
    assert response["Cache-Control"] == "no-store"
    assert int(response["Content-Length"]) == len(response.content)
