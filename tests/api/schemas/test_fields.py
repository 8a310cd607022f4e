"""The types of the fields of requests."""

import pytest
from pydantic import ValidationError

from videos.api.schemas.fields import FetchedUrl, Id, Line, RequestBody, Url, check_storable


class Body(RequestBody):
    task_id: Id = "x"
    author: Line = ""
    callback: Url = "https://a.example"
    audio: FetchedUrl = "https://a.example"


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example",
        "HTTP://a.example:65535/x?y#z",
        "https://[::1]:80/",
        "https://bücher.example/",
    ],
)
def test_absolute_addresses_of_the_web_are_taken(url):
    assert Body(callback=url).callback == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.example",
        "ftp://a.example",
        "https://",
        "https://a.example:65536",
        "https://a b.example",
        "https://a.example/\n",
        "javascript:1",
    ],
)
def test_others_are_refused(url):
    with pytest.raises(ValidationError):
        Body(callback=url)


def test_null_is_as_good_as_absent_and_the_unknown_is_ignored():
    assert Body.model_validate({"author": None, "more": 1}).author == ""


def test_ids_and_lines_have_their_lengths_and_are_texts():
    assert Body(author="é" * 50).author == "é" * 50
    for fields in ({"author": "e" * 51}, {"task_id": ""}, {"task_id": 7}, {"author": "a\0"}):
        with pytest.raises(ValidationError):
            Body(**fields)


@pytest.mark.parametrize("text", ["a\0b", "\ud83d"])
def test_what_no_database_stores_is_refused(text):
    with pytest.raises(ValueError, match="it holds"):
        check_storable(text)
    assert check_storable("日本 💿") == "日本 💿"
