"""The errors of the API: what each says, and to whom."""

import json
import logging

import pydantic
import pytest

from videos.api import errors


def data_of(response) -> dict[str, object]:
    return json.loads(response.content)


def test_an_error_of_a_field_names_it():
    error = errors.invalid_field("author", "it is too long.")
    assert (error.code, error.message) == (422, "author: it is too long.")
    assert errors.malformed_body().code == 400
    assert errors.not_an_object().code == 422


def test_it_is_answered_with_its_data_and_its_delay(rf):
    error = errors.ApiError(409, "It exists.", {"taskId": "a"}, 3)
    response = errors.answer_api_error(rf.get("/api/v1/x"), error)
    assert data_of(response) == {"code": 409, "msg": "It exists.", "data": {"taskId": "a"}}
    assert response["Retry-After"] == "3"


def test_what_nobody_expected_is_logged_and_not_shown(rf, caplog):
    with caplog.at_level(logging.ERROR):
        response = errors.answer_server_error(rf.get("/api/v1/x"), RuntimeError("db.internal"))
    assert response.status_code == 500
    assert "db.internal" not in response.content.decode()
    assert "db.internal" in caplog.text


class Body(pydantic.BaseModel):
    title: str = pydantic.Field(max_length=3)
    size: int = 0


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "title: it is missing."),
        ({"title": 1}, "title: it is not a text."),
        ({"title": "long"}, "title: it has more than 3 characters."),
    ],
)
def test_the_first_wrong_field_of_a_body_is_named_in_a_sentence(fields, message):
    with pytest.raises(pydantic.ValidationError) as caught:
        Body.model_validate(fields)
    assert errors.field_error(caught.value).message == message
