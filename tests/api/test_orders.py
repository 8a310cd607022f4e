"""Orders of programs: their keys, and the repeats that they tell."""

import hashlib

import pytest

from videos.api.orders import RepeatedOrder, order_key
from videos.models import Video
from videos.render.clips import Clip
from videos.render.options import StyleOptions

TRACK, TEXTS = ("1", "builtin", "task", "audio"), ("Ada", "example.com", "builtin")


def test_each_part_of_an_order_changes_its_key():
    plain = order_key(TRACK, TEXTS, StyleOptions())
    assert plain == order_key(TRACK, TEXTS, StyleOptions())
    keys = {
        plain,
        order_key(("2", *TRACK[1:]), TEXTS, StyleOptions()),
        order_key(TRACK, ("Bob", *TEXTS[1:]), StyleOptions()),
        order_key(TRACK, TEXTS, StyleOptions.parse({"format": "9:16"})),
        order_key(TRACK, TEXTS, StyleOptions.parse({"resolution": 1080})),
        order_key(TRACK, TEXTS, StyleOptions.parse({"accent": "#ffb347"})),
        order_key(TRACK, TEXTS, StyleOptions.parse({"second_accent": "#ffb347"})),
        order_key(TRACK, TEXTS, StyleOptions.parse({"hide_clock": True})),
        order_key(TRACK, TEXTS, StyleOptions(), Clip(15.0)),
        order_key(TRACK, TEXTS, StyleOptions(), Clip(30.0)),
        order_key(TRACK, TEXTS, StyleOptions(), files=["logo=1"]),
        order_key(TRACK, TEXTS, StyleOptions(), files=["logo=2"]),
        order_key(TRACK, TEXTS, StyleOptions(), Clip(15.0, 0.0)),
    }
    assert len(keys) == 13


def test_texts_cannot_be_moved_from_one_field_into_the_next():
    assert order_key(TRACK, ("ab", "c"), StyleOptions()) != order_key(
        TRACK, ("a", "bc"), StyleOptions()
    )


def test_an_order_of_before_an_option_existed_keeps_its_key():
    expected = "\0".join((*TRACK, *TEXTS, "16:9", "orbit")).encode()
    style = StyleOptions.parse({"format": "16:9", "look": "orbit"})
    assert order_key(TRACK, TEXTS, style) == hashlib.sha256(expected).hexdigest()
    assert order_key(TRACK, TEXTS, style, None) == hashlib.sha256(expected).hexdigest()


def test_a_repeat_has_the_code_of_the_vendors():
    error = RepeatedOrder(Video())
    assert (error.code, error.message) == (409, "Mp4 record already exists.")


@pytest.mark.parametrize("provider", ["kie", "nobody"])
def test_a_provider_that_cannot_make_it_is_refused(caller, track, provider):
    answer = caller.order(track, provider=provider)
    assert answer["code"] == 422
    assert "provider" in answer["msg"]
    assert not Video.objects.exists()


def test_a_clip_is_ordered_once_however_it_is_written(caller, track):
    track.duration = 70.0
    track.save(update_fields=["duration"])
    first = caller.order(track, clip="0:34-0:52.5")
    assert first["code"] == 200
    assert caller.order(track, clip="34 - 52.50")["code"] == 409
    assert caller.order(track, clip="15")["code"] == 200
    assert caller.order(track)["code"] == 200
    assert sorted(Video.objects.values_list("clip", flat=True)) == ["", "15", "34-52.5"]


@pytest.mark.parametrize(
    ("clip", "sentence"),
    [("0:52-0:34", "is not after"), ("20", "A clip is 15"), ("60-80", "The song ends at 1:10")],
)
def test_a_clip_that_a_song_does_not_have_is_refused(caller, track, clip, sentence):
    track.duration = 70.0
    track.save(update_fields=["duration"])
    answer = caller.order(track, clip=clip)
    assert answer["code"] == 422
    assert answer["msg"].startswith("clip")
    assert sentence in answer["msg"]
    assert not Video.objects.exists()
