"""Whatever a vendor sends, a client returns a record or raises a ``ProviderError``."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.joined_names import FAMILY, JOINED_NAMES
from tests.providers.vendor_json import quick, values
from videos.providers import crun, json_fields, suno
from videos.providers.base import MusicRecord, VideoRecord
from videos.providers.errors import ProviderError
from videos.providers.http import HttpProvider, RawResponse
from videos.providers.registry import FAMILIES
from videos.statuses import VideoStatus
from videos.vendors import VENDORS

KEY = "ak_secret"
CLIENTS = [
    FAMILIES[facts.family](facts, api_key=KEY, base_url="https://vendor.example")
    for facts in VENDORS.values()
]

PARSERS = {
    HttpProvider: [],
    suno.SunoProvider: [
        suno.parse_task_id,
        suno.parse_video,
        lambda d: suno.parse_music(d, "x"),
        suno.parse_words,
    ],
    crun.CrunProvider: [
        crun.parse_task_id,
        crun.parse_video,
        lambda d: crun.parse_music(d, "x"),
    ],
}


@quick
@given(body=values, status=st.integers(100, 599), index=st.integers(0, 3))
def test_no_json_raises_anything_but_the_tree(body, status, index):
    response = RawResponse(status, json.dumps(body).encode(), "Wed, 21 Oct")
    for client in CLIENTS:
        parsers = [*PARSERS[type(client)], json_fields.number]
        try:
            result = client.parse_response(response, parsers[index % len(parsers)])
        except ProviderError:
            continue
        else:
            assert isinstance(result, str | float | list | VideoRecord | MusicRecord)
            if isinstance(result, VideoRecord | MusicRecord):
                json.dumps(result.raw, allow_nan=False).encode()


@quick
@given(body=st.binary(max_size=300), status=st.integers(100, 599))
def test_no_bytes_raise_anything_but_the_tree(body, status):
    with pytest.raises(ProviderError):
        CLIENTS[0].parse_response(RawResponse(status, body), suno.parse_task_id)


EMPTY = [None, {}, [], "", 0, {"taskId": ""}, {"status": ""}, {"status": None, "successFlag": ""}]


@pytest.mark.parametrize("data", EMPTY)
def test_the_empty_fields_of_a_generated_example_are_no_record(data):
    for parse in (suno.parse_task_id, suno.parse_video, crun.parse_task_id, crun.parse_video):
        assert parse(data) is None
    assert suno.parse_music(data, "x") is None
    assert crun.parse_music(data, "x") is None


@pytest.mark.parametrize("flag", ["SUCCESS", "CALLBACK_EXCEPTION"])
@pytest.mark.parametrize("address", ["", None, "ftp://a.example/f", "javascript:alert(1)", 7])
def test_a_success_without_a_film_is_none_yet(flag, address):
    record = suno.parse_video(
        {"taskId": "x", "successFlag": flag, "response": {"videoUrl": address}}
    )
    assert record.status == VideoStatus.PENDING


def test_a_message_shows_what_it_says_and_never_our_key():
    body = json.dumps({"code": 422, "msg": f"bad\r\n\u202ekey {KEY}\0 " + "x" * 999})
    with pytest.raises(ProviderError) as caught:
        CLIENTS[0].parse_response(RawResponse(200, body.encode()), suno.parse_task_id)
    assert caught.value.vendor_message.startswith("bad key …")
    assert len(caught.value.vendor_message) <= 300


@pytest.mark.parametrize("name", JOINED_NAMES.values(), ids=JOINED_NAMES)
def test_titles_and_tags_keep_their_joiners(name):
    expected = name.replace("\u00a0", " ")
    song = {"id": "1", "suno_id": "1", "title": f"{name}\n", "tags": f"pop, {name}"}
    for client in (suno, crun):
        track = client.parse_track(song)
        assert track is not None
        assert (track.title, track.tags) == (expected, f"pop, {expected}")


def test_a_long_title_is_cut_between_letters():
    for client in (suno, crun):
        track = client.parse_track({"id": "1", "title": FAMILY * 40})
        assert track is not None
        assert track.title == FAMILY * 28
