"""A save of the lyrics editor."""

import json

import pytest
from django.http import QueryDict

from videos.forms.lyrics_edit import LyricsEditForm
from videos.models import LyricsState

LINE = {"start": 1, "end": 2.5, "text": "la la", "section": "Hook"}


def form(lines, **data):
    values = QueryDict(mutable=True)
    values.update({"version": "3", "lines": json.dumps(lines), **data})
    return LyricsEditForm(values)


def test_it_is_what_a_track_stores():
    edit = form([LINE])
    assert edit.is_valid()
    assert edit.state == LyricsState("[Hook]\n[00:01.000]la la<00:02.500>\n")
    assert (edit.cleaned_data["version"], edit.cleaned_data["keep"]) == (3, "")


@pytest.mark.parametrize("data", [{"version": ""}, {"version": "-1"}, {"keep": "both"}])
def test_what_no_editor_sends_is_refused_with_a_sentence(data):
    edit = form([LINE], **data)
    assert not edit.is_valid()
    assert edit.sentence.endswith(".")


def test_lyrics_of_more_bytes_than_any_song_has_are_refused(settings):
    settings.MAX_LYRICS_BYTES = 20
    edit = form([LINE])
    assert not edit.is_valid()
    assert edit.sentence == "These lyrics are too long for any song."
