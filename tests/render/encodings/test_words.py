"""Words of one script, and letters that are one for a reader."""

from videos.render.encodings.words import Run, fold_letters, runs_of, script_of


def test_letters_have_scripts_and_signs_have_none():
    assert [script_of(char) for char in "aЯωאبก漢가"] == [
        "latin", "cyrillic", "greek", "hebrew", "arabic", "thai", "han", "han"
    ]  # fmt: skip
    assert [script_of(char) for char in " 1’ªº—"] == [""] * 6


def test_a_run_tells_whether_a_letter_of_another_script_precedes_it():
    assert list(runs_of("Hei мир")) == [Run("Hei", "latin", False), Run("мир", "cyrillic", False)]
    assert list(runs_of("pдivд")) == [
        Run("p", "latin", False),
        Run("д", "cyrillic", True),
        Run("iv", "latin", True),
        Run("д", "cyrillic", True),
    ]


def test_a_mark_belongs_to_the_letter_before_it():
    assert list(runs_of("e\u0301a")) == [Run("e\u0301a", "latin", False)]


def test_letters_that_look_alike_are_one():
    assert fold_letters("ȘȚİ") == fold_letters("şţi")
