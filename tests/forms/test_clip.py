"""The fields that choose how much of a song a film shows."""

import pytest

from tests.factories import a_playable_track
from tests.forms.test_video import data
from videos.forms.video import VideoForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def track():
    return a_playable_track(duration=70.0)


def form_of(track, **fields: str) -> VideoForm:
    return VideoForm(track.music_task.owner, data(track, **fields))


@pytest.mark.parametrize(
    ("fields", "clip"),
    [
        ({}, ""),
        ({"clip": "30"}, "30"),
        ({"clip": "times", "clip_from": "0:34", "clip_to": " 0:52,5 "}, "34-52.5"),
        ({"clip": "", "clip_from": "0:34", "clip_to": "0:52"}, ""),
    ],
)
def test_it_makes_one_text_of_its_fields(track, fields, clip):
    form = form_of(track, **fields)
    assert form.is_valid(), form.errors
    [(video, _)] = form.order()
    assert (video.clip, video.clip_start) == (clip, None)


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        ("0:34", "", "Say from when to when"),
        ("0:52", "0:34", "0:34 is not after 0:52"),
        ("-3", "0:34", "before the song"),
        ("0:34", "0:36", "3 seconds at least"),
        ("1:00", "1:20", "The song ends at 1:10"),
        ("now", "then", "two times of the song"),
    ],
)
def test_what_the_song_does_not_have_is_refused_with_a_sentence(track, start, end, sentence):
    form = form_of(track, clip="times", clip_from=start, clip_to=end)
    assert not form.is_valid()
    assert sentence in str(form.errors["clip"])


def test_a_form_gone_back_to_for_a_clip_makes_another_video(track):
    sent = data(track)
    first = VideoForm(track.music_task.owner, sent)
    assert first.is_valid()
    changed = sent.copy()
    changed["clip"] = "15"
    for _ in range(2):
        second = VideoForm(track.music_task.owner, changed)
        assert second.is_valid()
        [(video, is_new)] = second.order()
        assert video.clip == "15"
    assert not is_new
    assert first.order()[0][0].clip == ""
