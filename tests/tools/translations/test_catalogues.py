"""The catalogues of the portal are complete, and what is wrong with one is named."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import ngettext, override

from tools.translations import catalogues
from tools.translations.extraction import Message, extract


@pytest.fixture
def messages() -> dict[Message, list[str]]:
    return extract(Path(settings.BASE_DIR))


def test_no_text_is_missing_stale_fuzzy_or_wrong(messages):
    """`make messages` adds the new texts; see "A text or a label" in CONTRIBUTING.md."""
    assert {code for code, _name in settings.LANGUAGES} == {"en", *catalogues.LANGUAGES}
    assert len(messages) > 1000
    for language in catalogues.LANGUAGES:
        assert list(catalogues.problems(language, messages)) == []


def test_what_is_wrong_is_named(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    used, missing, plural = Message("Hello %(name)s"), Message("Missing"), Message("one", "%(n)d")
    keys = (used, missing, plural, Message("Stale"))
    messages = {key: ["a.py:1"] for key in keys}
    stored = {used: ("Привет",), Message("Stale"): ("Старый",), plural: ("1", "2")}
    catalogues.store("ru", stored, messages)
    del messages[Message("Stale")]
    assert list(catalogues.problems("ru", messages)) == [
        "ru: “Missing” has no translation.",
        "ru: “one” has no translation.",
        "ru: “Привет” has not the places of “Hello %(name)s”.",
        "ru: “1” has not the places of “one”.",
        "ru: “2” has not the places of “one”.",
        "ru: “Stale” is used nowhere.",
    ]


def test_a_compiled_catalogue_that_is_old_is_named(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    message = Message("Hello")
    catalogues.store("ru", {message: ("Привет",)}, {message: ["a.py:1"]})
    path = catalogues.po_path("ru")
    path.write_text(path.read_text().replace("Привет", "Здравствуйте"))
    (problem,) = catalogues.problems("ru", {message: ["a.py:1"]})
    assert "django.mo" in problem


@pytest.mark.parametrize(
    ("language", "number", "expected"),
    [
        ("ru", 1, "1 песня"),
        ("ru", 3, "3 песни"),
        ("ru", 5, "5 песен"),
        ("ru", 11, "11 песен"),
        ("ru", 21, "21 песня"),
        ("ru", 112, "112 песен"),
        ("zh-hans", 1, "1 首歌曲"),
        ("zh-hans", 5, "5 首歌曲"),
    ],
)
def test_a_number_has_its_form(language, number, expected):
    with override(language):
        assert ngettext("%(n)s song", "%(n)s songs", number) % {"n": number} == expected
