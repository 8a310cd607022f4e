"""Clips as people write them, and the sentences for those that no song has."""

import re

import pytest

from videos.render.clips import Clip, ClipError, parse_clip
from videos.render.clips.clip import CLIP_PATTERN, format_clip_time


@pytest.mark.parametrize(
    ("text", "clip", "canonical"),
    [
        ("", None, "None"),
        ("15", Clip(15.0), "15"),
        (" 60 ", Clip(60.0), "60"),
        ("0:34-0:52.5", Clip(18.5, 34.0), "34-52.5"),
        ("34 – 52,5", Clip(18.5, 34.0), "34-52.5"),
        ("1:00:00-1:00:03", Clip(3.0, 3600.0), "3600-3603"),
        ("15-30", Clip(15.0, 15.0), "15-30"),
        ("canvas", Clip(6.0, is_canvas=True), "canvas"),
    ],
)
def test_a_clip_is_read_and_written(text: str, clip: Clip | None, canonical: str) -> None:
    assert parse_clip(text) == clip
    assert str(clip) == canonical
    if clip:
        assert parse_clip(canonical) == clip
        assert re.match(CLIP_PATTERN, canonical)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("20", "A clip is 15, 30 or 60"),
        ("the chorus", "such as 0:34-0:52"),
        ("0:10-", "A clip is"),
        ("-5-10", "cannot begin before the song"),
        ("0:52-0:34", "0:34 is not after 0:52"),
        ("10-10", "0:10 is not after 0:10"),
        ("1-3.9", "lasts 3 seconds at least"),
    ],
)
def test_what_is_no_clip_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ClipError, match=re.escape(sentence)):
        parse_clip(text)


def test_a_clip_must_lie_within_its_song() -> None:
    Clip(15.0).check_within(5.0)  # of a short song, the hook is all of it
    Clip(10.0, 50.0).check_within(59.4)  # of which people read that it lasts a minute
    with pytest.raises(ClipError, match="The song ends at 1:00: a clip cannot last until 1:15"):
        Clip(10.0, 65.0).check_within(60.0)


def test_times_are_written_as_people_read_them() -> None:
    times = [format_clip_time(each) for each in (0, 34, 59.96, 3723.5)]
    assert times == ["0:00", "0:34", "0:59.96", "1:02:03.5"]
