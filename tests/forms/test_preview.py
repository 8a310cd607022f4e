"""The form of a preview."""

import pytest
from django.http import QueryDict

from tests.factories import a_playable_track
from videos.forms.preview import PreviewForm

pytestmark = pytest.mark.django_db


def form_of(**fields: str) -> PreviewForm:
    track = a_playable_track(duration=200.0)
    values = {"song": str(track.pk), "provider": "builtin", "format": "16:9", "author": "Ada"}
    data = QueryDict(mutable=True)
    data.update({**values, "domain_name": "example.com", **fields})
    form = PreviewForm(track.music_task.owner, data)
    assert form.is_valid(), form.errors
    return form


def test_it_shows_a_second_of_the_song():
    assert form_of().second == 80.0
    assert form_of(at="0").second == 0.0
    assert form_of(at="100").second == 200.0


def test_of_a_clip_it_shows_a_second_of_the_clip():
    assert form_of(clip="30").second == 12.0
    assert form_of(clip="times", clip_from="1:00", clip_to="1:20", at="100").second == 20.0


def test_it_is_for_films_of_our_own_renderer():
    assert form_of().is_rendered_here


def test_the_first_error_names_its_field():
    track = a_playable_track()
    data = QueryDict(f"song={track.pk}&provider=builtin&format=16:9&author={'A' * 51}")
    form = PreviewForm(track.music_task.owner, data)
    assert form.first_error.startswith("Author: ")


@pytest.mark.parametrize("at", ["-1", "101", "x"])
def test_a_position_outside_of_the_song_is_refused(at):
    with pytest.raises(AssertionError, match="at"):
        form_of(at=at)
