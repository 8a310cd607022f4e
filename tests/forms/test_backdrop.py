"""The fields with which pictures or a looping video are chosen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from tests.factories import a_playable_track
from tests.forms.test_video import data
from tests.pipeline.test_backdrops import picture
from videos.forms.backdrop import BackdropUploadForm
from videos.forms.video import VideoForm
from videos.models import Asset

pytestmark = pytest.mark.django_db


def files(*chosen: SimpleUploadedFile) -> MultiValueDict:
    return MultiValueDict({"backdrop": list(chosen)})


@pytest.fixture
def track():
    return a_playable_track()


def open_form(track, *chosen, **changes) -> VideoForm:
    return VideoForm(track.music_task.owner, data(track, **changes), files=files(*chosen))


def test_a_film_is_ordered_with_its_pictures_in_their_order(track):
    form = open_form(track, picture(), picture("blue"), look="stage")
    assert form.is_valid(), form.errors
    [(video, _)] = form.order()
    assert len(video.backdrop.split()) == 2
    assert form.chosen_text == "2 pictures"


def test_pictures_are_not_lost_where_another_field_has_an_error(track):
    form = open_form(track, picture(), look="drift", author="x" * 51)
    assert not form.is_valid()
    assert "backdrop" not in form.errors
    again = open_form(track, look="drift", assets=form["assets"].value())
    assert again.is_valid()
    [(video, _)] = again.order()
    assert video.backdrop == Asset.objects.get().pk.hex


def test_a_look_without_pictures_says_so_and_later_leaves_them_out(track):
    form = open_form(track, picture(), look="glow")
    assert not form.is_valid()
    assert "choose Stage or Drift" in str(form.errors["backdrop"])
    again = open_form(track, look="glow", assets=form["assets"].value())
    assert again.is_valid()
    assert again.request("16:9").backdrop == ""


def test_chosen_pictures_can_be_removed(track):
    form = open_form(track, picture(), look="stage")
    assert form.is_valid()
    again = open_form(track, look="stage", assets=form["assets"].value(), clear_backdrop="on")
    assert again.is_valid()
    assert (again.chosen_text, again.request("16:9").backdrop) == ("", "")


def test_another_s_pictures_are_not_taken(track):
    stranger = a_playable_track()
    form = open_form(stranger, picture(), look="stage")
    assert form.is_valid()
    own = open_form(track, look="stage", assets=form["assets"].value())
    assert own.is_valid()
    assert own.request("16:9").backdrop == ""


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ([SimpleUploadedFile("a.png", b"x")] * 30, "These are 30 pictures; at most 12"),
        ([SimpleUploadedFile("a.mp4", b"words")], "cannot be read"),
        ([SimpleUploadedFile("a.png", b"")], "empty"),
    ],
)
def test_what_cannot_be_used_has_a_sentence(track, chosen, sentence):
    form = open_form(track, *chosen, look="stage")
    assert not form.is_valid()
    assert sentence in str(form.errors["backdrop"])


def test_a_file_that_is_too_large_is_named(track, settings):
    settings.MAX_BACKDROP_BYTES = 10
    form = open_form(track, picture(), look="stage")
    assert not form.is_valid()
    assert "picture.png has 1 MB; 0 MB are the limit" in str(form.errors["backdrop"])


def test_the_same_form_with_other_pictures_is_another_order(track):
    values = data(track, look="stage")
    forms = [
        VideoForm(track.music_task.owner, values.copy(), files=files(picture(colour)))
        for colour in ("red", "red", "blue")
    ]
    assert all(form.is_valid() for form in forms)
    first, again, other = (form.order()[0][0] for form in forms)
    assert first == again != other


def test_files_are_sent_as_soon_as_they_are_chosen(track):
    form = BackdropUploadForm(track.music_task.owner, data(track), files(picture()))
    assert form.is_valid()
    assert form.chosen_text == "1 picture"
    assert form["assets"].value() == Asset.objects.get().pk.hex
