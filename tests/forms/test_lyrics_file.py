"""The lyrics file of a form, and its encoding where that is in doubt."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.forms.uploads import form_of, save

pytestmark = pytest.mark.django_db
DOUBTFUL = "naš".encode("iso8859-2")  # reads as Croatian, Polish, Slovene


def lyrics(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.txt", data)


def test_a_lyrics_file_is_read_in_its_encoding():
    for text, codec in (("Don’t wait", "cp1252"), ("夜空に光る星を見て", "cp932")):
        assert save(form_of(lyrics_file=lyrics(text.encode(codec)))).lyrics == text


def test_an_encoding_in_doubt_is_for_the_creator_to_choose():
    form = form_of(lyrics_file=lyrics(DOUBTFUL))
    assert list(form.errors) == ["encoding"]  # the file itself has none: it stays chosen
    choices = {choice.name: choice for choice in form.encoding_choices}
    assert choices["iso-8859-2"].lines == ["naš"]
    assert choices["iso-8859-2"].label == "Central European (iso-8859-2)"
    form = form_of(fields={"encoding": "iso-8859-2"}, lyrics_file=lyrics(DOUBTFUL))
    assert save(form).lyrics == "naš"


def test_a_choice_is_shown_again_with_other_errors():
    fields = {"encoding": "latin2", "title": "x" * 201}
    form = form_of(fields=fields, lyrics_file=lyrics(DOUBTFUL))
    assert list(form.errors) == ["title"]
    assert [(each.name, each.lines) for each in form.encoding_choices] == [
        ("iso-8859-2", ["naš"]),
        ("", []),
    ]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("klingon", "There is no encoding “klingon”. Take one"), ("utf-8", "not in utf-8")],
)
def test_a_wrong_encoding_is_an_error_of_its_field(name, sentence):
    form = form_of(fields={"encoding": name}, lyrics_file=lyrics(DOUBTFUL))
    assert list(form.errors) == ["encoding"]
    assert sentence in form.errors["encoding"][0]
