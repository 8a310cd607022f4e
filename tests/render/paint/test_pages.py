"""What fills the picture in the look Kinetic, from when to when."""

from itertools import pairwise

import pytest

from tests.render.samples import lines
from videos.render.lyrics import Line
from videos.render.paint.pages import LEAD, MIN_PAGE, Page, make_pages


def texts_of(pages: list[Page]) -> list[list[str]]:
    return [[text.text for text in page.texts] for page in pages]


def test_each_line_has_a_page_which_is_gone_before_the_next() -> None:
    pages = make_pages(lines(3), "", "", 6)
    assert texts_of(pages) == [[f"This is line number {number}"] for number in range(3)]
    for page, following in pairwise(pages):
        assert page.end <= following.start


def test_a_line_stays_a_while_after_its_end() -> None:
    (page, *_) = make_pages([Line(0, 2, "One"), Line(30, 31, "Two")], "", "", 40)
    assert page.end == 4


@pytest.mark.parametrize("interval", [0.0, 0.1, 0.3, 0.69])
def test_quick_lines_share_a_page(interval: float) -> None:
    quick = [Line(at * interval, at * interval + 0.1, str(at)) for at in range(30)]
    pages = make_pages(quick, "", "", 30)
    assert all(two.start - one.start > MIN_PAGE - 0.001 for one, two in pairwise(pages))


def test_the_title_stands_where_nothing_is_sung_for_long() -> None:
    sung = [Line(8, 10, "One"), Line(10, 11, "Two"), Line(24, 26, "Three")]
    pages = make_pages(sung, "Afterglow", "Mira", 29)
    card = ["Afterglow", "Mira"]
    assert texts_of(pages) == [card, ["One"], ["Two"], card, ["Three"]]
    assert pages[0].start < 0
    assert pages[0].end == 8 - LEAD


def test_without_lyrics_the_title_comes_again_and_again() -> None:
    pages = make_pages((), "Afterglow", "Mira", 60)
    assert len(pages) > 4
    assert {tuple(texts) for texts in texts_of(pages)} == {("Afterglow", "Mira")}
    assert pages[-1].end > 60


@pytest.mark.parametrize(
    ("title", "author", "texts"),
    [("", "Mira", ["Mira"]), ("Mira", "Mira", ["Mira"]), ("", "", ["♪"]), (" \n", "", ["♪"])],
)
def test_a_card_is_never_empty(title: str, author: str, texts: list[str]) -> None:
    assert texts_of(make_pages((), title, author, 5))[0] == texts


def test_a_section_s_name_stands_above_its_first_line_if_it_is_shown() -> None:
    sung = [Line(0, 2, "One", section="Chorus")]
    assert texts_of(make_pages(sung, "", "", 3))[0] == ["CHORUS", "One"]
    assert texts_of(make_pages(sung, "", "", 3, with_sections=False))[0] == ["One"]


def test_rows_of_one_moment_are_smaller_below_the_first() -> None:
    (page, *_) = make_pages([Line(0, 2, "Luna"), Line(0, 2, "Moon")], "", "", 3)
    assert [text.scale for text in page.texts] == [1.0, page.texts[1].scale]
    assert page.texts[1].scale < 0.6


def test_guessed_lines_light_no_word() -> None:
    (page, *_) = make_pages([Line(0, 2, "Luna", is_guessed=True)], "", "", 3)
    assert not page.texts[0].is_sung
