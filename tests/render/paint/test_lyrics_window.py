from itertools import pairwise

import numpy as np
import pytest

from tests.render.films import cut
from tests.render.paint.scenery import painter
from tests.render.samples import lines
from videos.render.layout import layout_for
from videos.render.lyrics import Line, Word
from videos.render.paint import lyric_ink
from videos.render.paint.lyric_ink import _fitted, set_line
from videos.render.paint.lyrics_window import LEAD, PROMPT, LyricsWindow
from videos.render.scene import Look, VideoFormat
from videos.render.text import Typesetter

FORMS = list(VideoFormat)


def place(form: VideoFormat):
    lyrics = layout_for(form, True).lyrics
    assert lyrics is not None
    return lyrics


def ink(form: VideoFormat, lyrics: tuple[Line, ...], index: int) -> np.ndarray:
    """Return what the lyrics add to the lightness of their window in frame `index`."""
    with_them = painter(form, lyrics, seconds=60)
    ground = cut(with_them.canvas.planes.y, place(form).area)
    with_them.paint(index)
    return cut(with_them.canvas.planes.y, place(form).area) - ground


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", [0, 3, 6])
def test_the_sung_line_is_the_brightest_and_stands_in_its_place(form, number: int) -> None:
    rows = ink(form, lines(10), round((number * 2 + 1) * 30)).max(axis=1)
    brightest = np.nonzero(rows > rows.max() - 20)[0]
    expected = place(form).sung * place(form).area.height
    assert brightest.mean() == pytest.approx(expected, abs=place(form).size * 0.6)
    assert np.ptp(brightest) < place(form).size * 1.3


def test_it_scrolls_in_half_a_second_and_then_rests() -> None:
    each = painter(lyrics=lines(10))
    looks = []
    for index in range(60, 120):  # from 2 s, when line 1 begins, to 4 s
        each.paint(index)
        looks.append(cut(each.canvas.planes.y, place(VideoFormat.WIDE).area))
    moving = [bool((a != b).any()) for a, b in pairwise(looks)]
    assert 5 <= sum(moving[:12]) <= 12
    assert not any(moving[12:50])
    assert any(moving[52:])


@pytest.mark.parametrize("apart", [0.2, 0.3, 0.45, 0.6])
def test_lines_that_follow_quickly_come_in_time_and_without_a_jump(apart: float) -> None:
    """In every frame the brightest line moves by less than half its height, and each line stands in
    its place, alone in full light, before the next begins.
    """
    window_place = place(VideoFormat.WIDE)
    each = painter(lyrics=lines(40, apart), seconds=20)
    ground = cut(each.canvas.planes.y, window_place.area)
    middles = []
    for index in range(90, 150):
        each.paint(index)
        rows = (cut(each.canvas.planes.y, window_place.area) - ground).max(axis=1)
        middles.append(np.flatnonzero(rows > rows.max() - 20).mean())
        time = index / 30 + LEAD
        if apart - time % apart < apart * (1 - PROMPT) / 2:
            assert middles[-1] == pytest.approx(
                window_place.sung * window_place.area.height, abs=window_place.size * 0.6
            )


def test_it_is_there_before_the_first_line_and_after_the_last() -> None:
    lyrics = tuple(Line(line.start + 10, line.end + 10, line.text) for line in lines(3))
    for index in (30, 1700):
        assert ink(VideoFormat.WIDE, lyrics, index).max() > 60


@pytest.mark.parametrize(
    ("text", "side"), [("שיר על הירח", "right"), ("قلبي يناديك", "right"), ("My heart", "left")]
)
def test_a_line_that_is_read_from_the_right_stands_at_the_right(text: str, side: str) -> None:
    columns = np.nonzero(ink(VideoFormat.WIDE, (Line(0, 9, text),), 60).max(axis=0) > 60)[0]
    width = place(VideoFormat.WIDE).area.width
    if side == "right":
        assert columns.max() > width - 12
        assert columns.min() > width / 3
    else:
        assert columns.min() < 12
        assert columns.max() < width * 2 / 3


@pytest.mark.parametrize("form", [VideoFormat.TALL, VideoFormat.SQUARE])
def test_elsewhere_lines_stand_in_the_middle(form) -> None:
    columns = np.nonzero(ink(form, (Line(0, 9, "My heart"),), 60).max(axis=0) > 60)[0]
    middle = place(form).area.width / 2
    assert (columns.min() + columns.max()) / 2 == pytest.approx(middle, abs=6)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", ["word " * 300, "夜" * 400, "W" * 400, "a\u0301" * 300, "", "♪"])
def test_any_line_fits_its_window(form, text: str) -> None:
    lyrics = (Line(0, 2, "Before"), Line(2, 4, text), Line(4, 6, "After"))
    added = ink(form, lyrics, 90)
    assert added.max() > 60
    assert added[0].max() < 20
    assert added[-1].max() < 20


def test_two_lines_at_the_same_moment_do_no_harm() -> None:
    lyrics = tuple(Line(1.0, 1.0, f"Line {number}") for number in range(4))
    assert ink(VideoFormat.WIDE, lyrics, 90).max() > 100


def test_it_holds_no_more_than_what_shows() -> None:
    each = painter(lyrics=lines(500, 0.04))
    for index in range(0, 600, 13):
        each.paint(index)
    window = each._parts[-1]
    assert isinstance(window, LyricsWindow)
    assert len(window._inks) < 12


SUNG_WORDS = (
    Line(
        1,
        5,
        "Every word alone",
        (Word(1, 2, "Every"), Word(2, 3, "word"), Word(4, 5, "alone")),
    ),
)


def columns(lyrics: tuple[Line, ...], seconds: float) -> np.ndarray:
    """Return how bright the sung line is in each column."""
    return ink(VideoFormat.WIDE, lyrics, round(seconds * 30)).max(axis=0)


def test_words_are_lit_one_after_the_other() -> None:
    end = columns(SUNG_WORDS, 5.5)
    inked = np.flatnonzero(end > 100)
    gaps = np.flatnonzero(np.diff(inked) > 6)
    words = np.split(inked, gaps + 1)
    assert len(words) == 3
    for seconds, lit in ((1.6, 1), (2.6, 2), (3.6, 2), (4.6, 3)):
        now = columns(SUNG_WORDS, seconds)
        bright = [now[word].mean() / end[word].mean() for word in words]
        assert [share > 0.95 for share in bright] == [number < lit for number in range(3)]
        assert min(bright) > 0.45


def test_the_window_rests_between_words() -> None:
    each = painter(lyrics=SUNG_WORDS)
    looks = []
    for index in range(66, 120):
        each.paint(index)
        looks.append(cut(each.canvas.planes.y, place(VideoFormat.WIDE).area))
    moving = [bool((a != b).any()) for a, b in pairwise(looks)]
    assert not any(moving[:50])


RTL_WORDS = (Line(1, 4, "ليلة من ألف", (Word(1, 2, "ليلة"), Word(2, 3, "من"), Word(3, 4, "ألف"))),)
MIXED_WORDS = (Line(1, 4, "Habibi يا نور", (Word(1, 2, "Habibi"), Word(2, 4, "يا نور"))),)


def test_words_that_are_read_from_the_right_are_lit_from_the_right() -> None:
    end, now = columns(RTL_WORDS, 5), columns(RTL_WORDS, 1.6)
    inked = np.flatnonzero(end > 100)
    middle = (inked[0] + inked[-1]) // 2
    assert now[middle:].max() > 0.95 * end[middle:].max()
    assert now[:middle].max() < 0.8 * end[:middle].max()


def test_words_are_lit_however_they_are_spelt() -> None:
    text = "E\u0301very wo\u0301rd"
    words = (Word(1, 2, "E\u0301very"), Word(2, 3, "wo\u0301rd"))
    assert len(set_line(Line(1, 3, text, words), place(FORMS[0]), Typesetter(), True).words) == 2


@pytest.mark.parametrize("section", ["", "Chorus"])
@pytest.mark.parametrize(
    "text",
    [
        "يا صديقي علي في بيتي",
        "مُحَمَّدٌ إِلَى ٱلرَّبِّ",
        "ỆỄẪẬ Ậ Ổ",
        "น้ำ หิ้ว ญี่ปุ่น กุ้ง",
        "שָׁלוֹם לָךְ",
        "Ångström Ůŷ Ǻ ģ",
    ],
)
def test_nothing_of_a_letter_is_cut_off(monkeypatch, text: str, section: str) -> None:
    line, where = Line(1, 3, text, section=section), place(VideoFormat.WIDE)
    inked = set_line(line, where, Typesetter(), True)
    monkeypatch.setattr(lyric_ink, "BEYOND", 5)
    whole = set_line(line, where, Typesetter(), True)
    assert inked.start == whole.start
    assert np.array_equal(inked.mask, whole.mask)


def test_no_space_appears_where_a_line_is_cut_short() -> None:
    for text in ("長い一行の歌詞がどこまでも続いていく" * 8, "Wolkenkratzer" * 30):
        _, rows = _fitted(text, place(FORMS[0]), Typesetter())
        assert text.startswith("".join(rows).rstrip("…"))


def test_a_section_stands_on_the_side_where_its_line_starts() -> None:
    for text, is_right in (("قلبي يناديك", True), ("My heart", False)):
        line = Line(1, 3, text, section="Chorus")
        inked = set_line(line, place(VideoFormat.WIDE), Typesetter(), True)
        columns = np.flatnonzero(inked.mask[: inked.above - inked.start].max(axis=0) > 60)
        assert (columns.mean() > inked.mask.shape[1] / 2) == is_right


@pytest.mark.parametrize(
    "lyrics",
    [
        MIXED_WORDS,
        (Line(1, 4, "Not the same words", (Word(1, 2, "Other"), Word(2, 3, "words"))),),
    ],
    ids=["of both directions", "that are not in the text"],
)
def test_words_whose_places_cannot_be_told_are_lit_together(lyrics) -> None:
    assert columns(lyrics, 1.9).max() == columns(lyrics, 4.5).max()
    assert (columns(lyrics, 1.9) == columns(lyrics, 4.5)).all()


def test_a_long_line_lights_its_words_row_by_row() -> None:
    words = tuple(Word(1 + n, 2 + n, f"word{n}") for n in range(16))
    lyrics = (Line(1, 20, " ".join(word.text for word in words), words),)
    rows = ink(VideoFormat.WIDE, lyrics, 30 * 4)
    later = ink(VideoFormat.WIDE, lyrics, 30 * 19)
    lit = later.max() * 0.95
    bright = np.flatnonzero((rows > lit).any(axis=1))
    step = place(VideoFormat.WIDE).size * 1.28
    assert np.ptp(bright) < step
    assert np.ptp(np.flatnonzero((later > lit).any(axis=1))) > step


@pytest.mark.parametrize("wanted", [True, False])
def test_a_section_is_named_above_its_line_if_that_is_wanted(wanted: bool) -> None:
    plain = (Line(0, 9, "My heart"),)
    named = (Line(0, 9, "My heart", section="Chorus"),)
    each, other = (painter(lyrics=lyrics, section_tags=wanted) for lyrics in (plain, named))
    windows = []
    for one in (each, other):
        one.paint(90)
        windows.append(cut(one.canvas.planes.y, place(VideoFormat.WIDE).area))
    differing = np.flatnonzero((windows[0] != windows[1]).any(axis=1))
    assert bool(len(differing)) == wanted
    if wanted:
        sung = place(VideoFormat.WIDE).sung * place(VideoFormat.WIDE).area.height
        assert sung - 60 < differing.min() < differing.max() < sung


WORDY = (
    "And when the morning finally comes we will remember every single word"
    " that we have never dared to say to one another aloud"
)


@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize("form", FORMS)
def test_a_line_of_120_characters_is_shown_whole_and_clear_of_the_edges(look, form) -> None:
    where = layout_for(form, True, look).lyrics
    assert where is not None
    ink = set_line(Line(0, 9, WORDY), where, Typesetter(), with_section=False)
    assert len(WORDY) >= 120
    assert not any("…" in row for row in _fitted(WORDY, where, Typesetter())[1])
    each = painter(form, (Line(0, 9, WORDY), Line(9, 12, "Next")), look=look)
    ground = cut(each.canvas.planes.y, where.area)
    each.paint(90)
    bright = cut(each.canvas.planes.y, where.area) - ground > 120
    rows = np.flatnonzero(bright.any(axis=1))
    assert np.ptp(rows) > len(ink.mask) * 0.8


def test_two_hundred_lines_scroll_from_one_to_the_next() -> None:
    each = painter(lyrics=lines(200, 0.1), seconds=21)
    looks = []
    for index in range(20, 600, 29):
        each.paint(index)
        looks.append(cut(each.canvas.planes.y, place(VideoFormat.WIDE).area).tobytes())
    assert len(set(looks)) == len(looks)
