"""Orders of programs: their keys, and the repeats that they tell."""

import hashlib

import pytest

from videos.api.orders import RepeatedOrder, order_key
from videos.models import Video
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
    }
    assert len(keys) == 5


def test_texts_cannot_be_moved_from_one_field_into_the_next():
    assert order_key(TRACK, ("ab", "c"), StyleOptions()) != order_key(
        TRACK, ("a", "bc"), StyleOptions()
    )


def test_an_order_of_before_an_option_existed_keeps_its_key():
    expected = "\0".join((*TRACK, *TEXTS, "16:9", "orbit")).encode()
    style = StyleOptions.parse({"format": "16:9", "look": "orbit"})
    assert order_key(TRACK, TEXTS, style) == hashlib.sha256(expected).hexdigest()


def test_a_repeat_has_the_code_of_the_vendors():
    error = RepeatedOrder(Video())
    assert (error.code, error.message) == (409, "Mp4 record already exists.")


@pytest.mark.parametrize("provider", ["kie", "nobody"])
def test_a_provider_that_cannot_make_it_is_refused(caller, track, provider):
    answer = caller.order(track, provider=provider)
    assert answer["code"] == 422
    assert "provider" in answer["msg"]
    assert not Video.objects.exists()
