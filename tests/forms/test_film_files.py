"""The fields with which a logo and a translation are chosen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from tests.factories import a_playable_track
from tests.forms.test_video import data
from tests.pipeline.test_logos import logo
from videos.forms.film_files import FilmFilesUploadForm
from videos.forms.video import VideoForm
from videos.models import Asset

pytestmark = pytest.mark.django_db


def words(text: str = "The moon\nThe sea", encoding: str = "utf-8") -> SimpleUploadedFile:
    return SimpleUploadedFile("words.txt", text.encode(encoding))


def open_form(track, *, files: dict | None = None, **changes) -> VideoForm:
    chosen = MultiValueDict({name: [file] for name, file in (files or {}).items()})
    return VideoForm(track.music_task.owner, data(track, **changes), files=chosen)


@pytest.fixture
def track():
    return a_playable_track(lyrics="[00:01.00]La luna\n[00:04.00]El mar")


def test_a_film_is_ordered_with_both_and_the_logo_is_proposed_for_the_next_one(track):
    files = {"logo_file": logo(), "translation_file": words()}
    form = open_form(track, files=files)
    assert form.is_valid(), form.errors
    [(video, _)] = form.order()
    assert {each.pk.hex for each in Asset.objects.all()} == {video.logo, video.translation}
    owner = track.music_task.owner
    owner.refresh_from_db()
    assert VideoForm(owner)["logo"].value() == video.logo
    assert not VideoForm(owner)["translation"].value()


def test_nothing_is_lost_where_another_field_has_an_error(track):
    files = {"logo_file": logo(), "translation_file": words()}
    form = open_form(track, files=files, author="x" * 51)
    assert not form.is_valid()
    assert [asset.kind for *_, asset in form.chosen_files] == ["logo", "translation"]
    names = {name: form[name].value() for name in ("logo", "translation")}
    again = open_form(track, **names)
    assert again.is_valid()
    assert again.request("16:9").logo == names["logo"]
    without = open_form(track, clear_logo="on", **names)
    assert without.is_valid()
    request = without.request("16:9")
    assert (request.logo, request.translation) == ("", names["translation"])


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"translation_file": words("The moon")}, "of the translation: 1"),
        ({"translation_file": words("[00:40.00]Far away")}, "No line of the translation begins"),
        ({"translation_file": SimpleUploadedFile("a.txt", bytes(99))}, "not text"),
        ({"logo_file": words()}, "is no picture that can be used"),
    ],
)
def test_what_cannot_be_used_has_a_sentence(track, files, sentence):
    form = open_form(track, files=files)
    assert not form.is_valid()
    assert sentence in str(form.errors[next(iter(files))])


def test_another_s_files_are_not_taken(track):
    stranger = a_playable_track()
    form = FilmFilesUploadForm(
        stranger.music_task.owner, data(stranger), MultiValueDict({"logo_file": [logo()]})
    )
    assert form.is_valid()
    own = open_form(track, logo=form["logo"].value())
    assert own.is_valid()
    assert own.request("16:9").logo == ""
