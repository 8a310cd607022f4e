"""The words of a song as a text or a file."""

import pytest
from django.http import QueryDict

from tests.factories import a_track
from videos.forms.lyrics_text import LyricsTextForm

pytestmark = pytest.mark.django_db


def post(track, lyrics, version=0):
    form = LyricsTextForm(track, QueryDict(f"lyrics={lyrics}&version={version}"))
    assert form.is_valid(), form.errors
    return form.save()


def test_a_text_takes_the_place_of_a_vendor_s_words_and_keeps_the_offset():
    words = [{"word": "la", "startS": 1, "endS": 2}]
    track = a_track(lyrics="old", lyrics_offset=200, aligned_words=words)
    assert post(track, "new")
    assert (track.lyrics, track.lyrics_offset, track.use_aligned_words) == ("new", 200, False)
    assert track.lyrics_versions.first().origin == "typed"


def test_the_same_text_changes_nothing():
    track = a_track(lyrics="old")
    assert post(track, "old")
    assert not track.lyrics_versions.exists()


def test_newer_words_are_not_overwritten_unseen():
    track = a_track(lyrics="old")
    post(track, "new")
    assert not post(track, "other")
    assert track.lyrics == "new"
    assert post(track, "other", version=1)
