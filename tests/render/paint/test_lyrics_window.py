from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from tests.render.films import crop
from tests.render.paint.factories import make_painter
from tests.render.samples import lines
from videos.render.layout import LyricsBox, get_layout
from videos.render.lyrics import Line, Word, parse
from videos.render.options import Look, TextSize, VideoFormat
from videos.render.paint import lyrics_line
from videos.render.paint.lyrics_line import fit_rows, typeset_line
from videos.render.paint.lyrics_window import LEAD, MAX_SCROLL_SHARE, LyricsWindow
from videos.render.text import Typesetter

FORMATS = list(VideoFormat)
SCROLLING = [look for look in Look if look != Look.KINETIC]


def lyrics_box(video_format: VideoFormat = VideoFormat.WIDE) -> LyricsBox:
    lyrics = get_layout(video_format, True).lyrics
    assert lyrics is not None
    return lyrics


def paint_ink(video_format: VideoFormat, lyrics: tuple[Line, ...], index: int) -> np.ndarray:
    """Return what the lyrics add to the luma of their window in frame ``index``."""
    painter = make_painter(video_format, lyrics, seconds=60)
    area = lyrics_box(video_format).area
    ground = crop(painter.canvas.planes.y, area)
    painter.paint(index)
    return crop(painter.canvas.planes.y, area) - ground


@pytest.mark.each_value
@pytest.mark.parametrize("video_format", FORMATS)
@pytest.mark.parametrize("number", [0, 3, 6])
def test_the_sung_line_is_the_brightest_and_stands_in_its_place(video_format, number: int) -> None:
    rows = paint_ink(video_format, lines(10), round((number * 2 + 1) * 30)).max(axis=1)
    brightest = np.nonzero(rows > rows.max() - 20)[0]
    box = lyrics_box(video_format)
    expected = box.current_line_at * box.area.height
    assert brightest.mean() == pytest.approx(expected, abs=box.font_size * 0.6)
    assert np.ptp(brightest) < box.font_size * 1.3


def test_it_scrolls_in_half_a_second_and_then_rests() -> None:
    painter = make_painter(lyrics=lines(10))
    pictures = []
    for index in range(60, 120):  # from 2 s, when line 1 begins, to 4 s
        painter.paint(index)
        pictures.append(crop(painter.canvas.planes.y, lyrics_box().area))
    is_moving = [bool((a != b).any()) for a, b in pairwise(pictures)]
    assert 5 <= sum(is_moving[:12]) <= 12
    assert not any(is_moving[12:50])
    assert any(is_moving[52:])


@pytest.mark.parametrize("interval", [0.2, 0.3, 0.45, 0.6])
def test_lines_that_follow_quickly_come_in_time_and_without_a_jump(interval: float) -> None:
    """In every frame the brightest line moves by less than half its height, and each line stands in
    its place, alone in full light, before the next begins.
    """
    box = lyrics_box()
    painter = make_painter(lyrics=lines(40, interval), seconds=20)
    ground = crop(painter.canvas.planes.y, box.area)
    middles = []
    for index in range(90, 150):
        painter.paint(index)
        rows = (crop(painter.canvas.planes.y, box.area) - ground).max(axis=1)
        middles.append(np.flatnonzero(rows > rows.max() - 20).mean())
        time = index / 30 + LEAD
        if interval - time % interval < interval * (1 - MAX_SCROLL_SHARE) / 2:
            assert middles[-1] == pytest.approx(
                box.current_line_at * box.area.height,
                abs=box.font_size * 0.6,
            )


def test_it_is_there_before_the_first_line_and_after_the_last() -> None:
    lyrics = tuple(Line(line.start + 10, line.end + 10, line.text) for line in lines(3))
    for index in (30, 1700):
        assert paint_ink(VideoFormat.WIDE, lyrics, index).max() > 60


@pytest.mark.parametrize(
    ("text", "side"), [("שיר על הירח", "right"), ("قلبي يناديك", "right"), ("My heart", "left")]
)
def test_a_line_that_is_read_from_the_right_stands_at_the_right(text: str, side: str) -> None:
    columns = np.nonzero(paint_ink(VideoFormat.WIDE, (Line(0, 9, text),), 60).max(axis=0) > 60)[0]
    width = lyrics_box().area.width
    if side == "right":
        assert columns.max() > width - 12
        assert columns.min() > width / 3
    else:
        assert columns.min() < 12
        assert columns.max() < width * 2 / 3


def test_in_a_square_lines_stand_in_the_middle() -> None:
    ink = paint_ink(VideoFormat.SQUARE, (Line(0, 9, "My heart"),), 60)
    columns = np.nonzero(ink.max(axis=0) > 60)[0]
    middle = lyrics_box(VideoFormat.SQUARE).area.width / 2
    assert (columns.min() + columns.max()) / 2 == pytest.approx(middle, abs=6)


def test_in_a_tall_picture_large_lines_start_at_its_left_edge() -> None:
    ink = paint_ink(VideoFormat.TALL, (Line(0, 9, "My heart"),), 60)
    columns = np.nonzero(ink.max(axis=0) > 60)[0]
    assert columns.min() < 12
    assert columns.max() < lyrics_box(VideoFormat.TALL).area.width * 2 / 3


@pytest.mark.each_value
@pytest.mark.parametrize("video_format", FORMATS)
@pytest.mark.parametrize("text", ["word " * 300, "夜" * 400, "W" * 400, "a\u0301" * 300, "", "♪"])
def test_any_line_fits_its_window(video_format, text: str) -> None:
    lyrics = (Line(0, 2, "Before"), Line(2, 4, text), Line(4, 6, "After"))
    added = paint_ink(video_format, lyrics, 90)
    assert added.max() > 60
    assert added[0].max() < 20
    assert added[-1].max() < 20


def test_two_lines_at_the_same_moment_do_no_harm() -> None:
    lyrics = tuple(Line(1.0, 1.0, f"Line {number}") for number in range(4))
    assert paint_ink(VideoFormat.WIDE, lyrics, 90).max() > 100


def test_it_holds_no_more_than_what_shows() -> None:
    painter = make_painter(lyrics=lines(500, 0.04))
    for index in range(0, 600, 13):
        painter.paint(index)
    window = painter.parts[-1]
    assert isinstance(window, LyricsWindow)
    assert len(window.masks) < 12


SUNG_WORDS = (
    Line(
        1,
        5,
        "Every word alone",
        (Word(1, 2, "Every"), Word(2, 3, "word"), Word(4, 5, "alone")),
    ),
)


def paint_columns(lyrics: tuple[Line, ...], seconds: float) -> np.ndarray:
    """Return how bright the current line is in each column."""
    return paint_ink(VideoFormat.WIDE, lyrics, round(seconds * 30)).max(axis=0)


def test_words_are_lit_one_after_the_other() -> None:
    end = paint_columns(SUNG_WORDS, 4.95)
    inked = np.flatnonzero(end > 100)
    gaps = np.flatnonzero(np.diff(inked) > 6)
    words = np.split(inked, gaps + 1)
    assert len(words) == 3
    for seconds, lit in ((1.6, 1), (2.6, 2), (3.6, 2), (4.6, 3)):
        now = paint_columns(SUNG_WORDS, seconds)
        bright = [now[word].mean() / end[word].mean() for word in words]
        assert [share > 0.95 for share in bright] == [number < lit for number in range(3)]
        assert min(bright) > 0.45


def test_the_window_rests_between_words() -> None:
    painter = make_painter(lyrics=SUNG_WORDS)
    pictures = []
    for index in range(66, 120):
        painter.paint(index)
        pictures.append(crop(painter.canvas.planes.y, lyrics_box().area))
    is_moving = [bool((a != b).any()) for a, b in pairwise(pictures)]
    assert not any(is_moving[:50])


RTL_WORDS = (Line(1, 4, "ليلة من ألف", (Word(1, 2, "ليلة"), Word(2, 3, "من"), Word(3, 4, "ألف"))),)
MIXED_WORDS = (Line(1, 4, "Habibi يا نور", (Word(1, 2, "Habibi"), Word(2, 4, "يا نور"))),)


def test_words_that_are_read_from_the_right_are_lit_from_the_right() -> None:
    end, now = paint_columns(RTL_WORDS, 3.95), paint_columns(RTL_WORDS, 1.6)
    inked = np.flatnonzero(end > 100)
    middle = (inked[0] + inked[-1]) // 2
    assert now[middle:].max() > 0.95 * end[middle:].max()
    assert now[:middle].max() < 0.8 * end[:middle].max()


def test_words_are_lit_however_they_are_spelt() -> None:
    text = "E\u0301very wo\u0301rd"
    words = (Word(1, 2, "E\u0301very"), Word(2, 3, "wo\u0301rd"))
    mask = typeset_line(Line(1, 3, text, words), lyrics_box(), Typesetter(), True)
    assert len(mask.word_boxes) == 2


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
    line, box = Line(1, 3, text, section=section), lyrics_box()
    mask = typeset_line(line, box, Typesetter(), True)
    monkeypatch.setattr(lyrics_line, "OVERHANG", 5)
    whole = typeset_line(line, box, Typesetter(), True)
    assert mask.first_row == whole.first_row
    assert np.array_equal(mask.alpha, whole.alpha)


def test_no_space_appears_where_a_line_is_cut_short() -> None:
    for text in ("長い一行の歌詞がどこまでも続いていく" * 8, "Wolkenkratzer" * 30):
        _, rows = fit_rows(text, lyrics_box(), Typesetter())
        assert text.startswith("".join(rows).rstrip("…"))


def test_a_section_stands_on_the_side_where_its_line_starts() -> None:
    for text, is_right in (("قلبي يناديك", True), ("My heart", False)):
        line = Line(1, 3, text, section="Chorus")
        mask = typeset_line(line, lyrics_box(), Typesetter(), True)
        label = mask.alpha[: mask.label_height - mask.first_row]
        columns = np.flatnonzero(label.max(axis=0) > 60)
        assert (columns.mean() > mask.alpha.shape[1] / 2) == is_right


@pytest.mark.parametrize(
    "lyrics",
    [
        MIXED_WORDS,
        (Line(1, 4, "Not the same words", (Word(1, 2, "Other"), Word(2, 3, "words"))),),
    ],
    ids=["of both directions", "that are not in the text"],
)
def test_words_whose_places_cannot_be_told_are_lit_together(lyrics) -> None:
    assert paint_columns(lyrics, 1.9).max() == paint_columns(lyrics, 3.95).max()
    assert (paint_columns(lyrics, 1.9) == paint_columns(lyrics, 3.95)).all()


def test_a_long_line_lights_its_words_row_by_row() -> None:
    words = tuple(Word(1 + n, 2 + n, f"word{n}") for n in range(16))
    lyrics = (Line(1, 20, " ".join(word.text for word in words), words),)
    rows = paint_ink(VideoFormat.WIDE, lyrics, 30 * 4)
    later = paint_ink(VideoFormat.WIDE, lyrics, 30 * 19)
    lit = later.max() * 0.95
    bright = np.flatnonzero((rows > lit).any(axis=1))
    step = lyrics_box().font_size * 1.28
    assert np.ptp(bright) < step
    assert np.ptp(np.flatnonzero((later > lit).any(axis=1))) > step


@pytest.mark.parametrize("section_tags", [True, False])
def test_a_section_is_named_above_its_line_if_that_is_wanted(section_tags: bool) -> None:
    plain = (Line(0, 9, "My heart"),)
    named = (Line(0, 9, "My heart", section="Chorus"),)
    windows = []
    for lyrics in (plain, named):
        painter = make_painter(lyrics=lyrics, section_tags=section_tags)
        painter.paint(90)
        windows.append(crop(painter.canvas.planes.y, lyrics_box().area))
    different_rows = np.flatnonzero((windows[0] != windows[1]).any(axis=1))
    assert bool(len(different_rows)) == section_tags
    if section_tags:
        middle = lyrics_box().current_line_at * lyrics_box().area.height
        assert middle - 60 < different_rows.min() < different_rows.max() < middle


WORDY = (
    "And when the morning finally comes we will remember every single word"
    " that we have never dared to say to one another aloud"
)


@pytest.mark.each_value
@pytest.mark.parametrize("look", SCROLLING)
@pytest.mark.parametrize("video_format", FORMATS)
def test_a_line_of_120_characters_is_shown_whole_and_clear_of_the_edges(look, video_format) -> None:
    box = get_layout(video_format, True, look).lyrics
    assert box is not None
    mask = typeset_line(Line(0, 9, WORDY), box, Typesetter(), with_section=False)
    assert len(WORDY) >= 120
    assert not any("…" in row for row in fit_rows(WORDY, box, Typesetter())[1])
    painter = make_painter(video_format, (Line(0, 9, WORDY), Line(9, 12, "Next")), look=look)
    ground = crop(painter.canvas.planes.y, box.area)
    painter.paint(90)
    bright = crop(painter.canvas.planes.y, box.area) - ground > 120
    rows = np.flatnonzero(bright.any(axis=1))
    assert np.ptp(rows) > len(mask.alpha) * 0.8


def test_two_hundred_lines_scroll_from_one_to_the_next() -> None:
    painter = make_painter(lyrics=lines(200, 0.1), seconds=21)
    pictures = []
    for index in range(20, 600, 29):
        painter.paint(index)
        pictures.append(crop(painter.canvas.planes.y, lyrics_box().area).tobytes())
    assert len(set(pictures)) == len(pictures)


def lit_shares(lyrics: tuple[Line, ...], *times: float) -> list[float]:
    """Return how bright the brightest pixel is at each time, as a share of a sung line's."""
    lit = paint_ink(VideoFormat.WIDE, (Line(0, 60, "My heart"),), 90).max()
    return [
        float(paint_ink(VideoFormat.WIDE, lyrics, round(seconds * 30)).max() / lit)
        for seconds in times
    ]


def test_a_line_goes_dark_when_it_ends_and_the_next_one_starts_later() -> None:
    lyrics = (Line(0.5, 5, "Last line before the solo"), Line(28, 38, "First line after it"))
    sung, ending, solo, after, end = lit_shares(lyrics, 4.9, 5.1, 12, 30, 50)
    assert sung > 0.95
    assert after > 0.95
    assert ending < sung
    assert max(solo, end) < 0.65


def test_a_line_stays_lit_until_the_next_one_if_they_touch() -> None:
    touching = (Line(0, 5, "One"), Line(5, 9, "Two"))
    with_blink = (Line(0, 4.8, "One"), Line(5, 9, "Two"))
    painters = [make_painter(lyrics=lyrics, seconds=10) for lyrics in (touching, with_blink)]
    for index in range(140, 170):
        for painter in painters:
            painter.paint(index)
        first, second = (crop(painter.canvas.planes.y, lyrics_box().area) for painter in painters)
        assert np.array_equal(first, second)


def test_a_window_rests_in_a_gap() -> None:
    painter = make_painter(lyrics=(Line(0, 2, "Before"), Line(9, 12, "After")))
    pictures = []
    for index in range(75, 250):
        painter.paint(index)
        pictures.append(crop(painter.canvas.planes.y, lyrics_box().area))
    assert all(np.array_equal(pictures[0], picture) for picture in pictures)


def test_words_go_dark_with_their_line() -> None:
    sung, after = lit_shares(SUNG_WORDS, 4.9, 5.5)
    assert sung > 0.95
    assert after < 0.65


def test_lines_with_guessed_times_scroll_and_none_is_lit() -> None:
    lyrics = tuple(replace(line, is_guessed=True) for line in lines(10))
    assert max(lit_shares(lyrics, 0.5, 2.5, 3, 9, 19)) < 0.75
    assert not np.array_equal(
        paint_ink(VideoFormat.WIDE, lyrics, 30), paint_ink(VideoFormat.WIDE, lyrics, 90)
    )


def lit_rows(lyrics: tuple[Line, ...], index: int) -> int:
    """Return how many separate rows of text are lit."""
    ink = paint_ink(VideoFormat.WIDE, lyrics, index).max(axis=1)
    is_lit = ink > 0.9 * paint_ink(VideoFormat.WIDE, (Line(0, 60, "Mmm"),), 90).max()
    return int((is_lit[1:] & ~is_lit[:-1]).sum())


@pytest.mark.parametrize("count", [1, 2, 4])
def test_lines_of_one_moment_are_lit_together(count: int) -> None:
    moment = tuple(Line(1, 6, word) for word in ("OHNE", "NIE", "WIR", "ES")[:count])
    lyrics = (Line(0, 1, "Before"), *moment, Line(6, 9, "After"))
    assert lit_rows(lyrics, 90) == count
    assert lit_rows(lyrics, 240) == 1


def test_the_words_of_two_voices_are_lit_by_their_own_times() -> None:
    first = Line(1, 9, "HEAR ME", (Word(1, 2, "HEAR"), Word(2, 9, "ME")))
    second = Line(1, 9, "OOH", (Word(6, 9, "OOH"),))
    assert lit_rows((first, second), 30 * 4) == 1
    assert lit_rows((first, second), 30 * 8) == 2


@pytest.mark.each_value
@pytest.mark.parametrize("look", SCROLLING)
@pytest.mark.parametrize("video_format", FORMATS)
@pytest.mark.parametrize("text", [f"{WORDY} and even more", "夜の空に歌う" * 10, "W" * 120])
def test_the_widest_line_that_is_read_is_not_cut(look, video_format, text: str) -> None:
    box = get_layout(video_format, True, look).lyrics
    assert box is not None
    for line in parse(f"[00:01.00]{text}", 60):
        fitted, rows = fit_rows(line.text, box, Typesetter())
        assert "".join(rows).replace(" ", "").strip("\u200e") == line.text.replace(" ", "")
        assert fitted.font_size >= 0.42 * box.font_size - 1


@pytest.mark.parametrize("video_format", FORMATS)
def test_four_long_rows_of_one_moment_fit_their_window(video_format) -> None:
    lyrics = (*(Line(0, 9, f"{number} {WORDY[:100]}") for number in range(4)), Line(9, 12, "Next"))
    ink = paint_ink(video_format, lyrics, 90)
    assert ink[0].max() < 20
    assert ink[-1].max() < 20


EMOJI = (Line(0, 9, "🌹"), Line(10, 19, "🔥 and words"))


def chroma_of(lyrics: tuple[Line, ...], index: int) -> np.ndarray:
    """Return how far the chroma of the window is from that of the ground, (2, rows, columns)."""
    painter = make_painter(lyrics=lyrics, seconds=30)
    area = lyrics_box().area
    half = slice(area.y // 2, area.bottom // 2), slice(area.x // 2, area.right // 2)
    planes = (painter.canvas.planes.u, painter.canvas.planes.v)
    ground = [plane[half].astype(np.int16) for plane in planes]
    painter.paint(index)
    return np.abs(
        [plane[half].astype(np.int16) - old for plane, old in zip(planes, ground, strict=True)]
    )


def test_emoji_have_their_colours_and_words_beside_them_are_white() -> None:
    box = lyrics_box()
    current = round(box.current_line_at * box.area.height / 2)
    rows = slice(current - box.font_size // 3, current + box.font_size // 3)
    coloured = chroma_of(EMOJI, 150)[:, rows].max(axis=0)
    assert coloured[:, : box.font_size].max() > 50
    words = chroma_of(EMOJI, 450)[:, rows].max(axis=0)
    assert words[:, : box.font_size].max() > 50
    white = chroma_of((Line(0, 9, "Words"),), 150)[:, rows].max()
    assert words[:, box.font_size :].max() <= white + 2


def test_emoji_keep_their_colours_while_they_scroll() -> None:
    for index in range(295, 312, 2):
        assert chroma_of(EMOJI, index).max() > 12


def test_emoji_of_one_of_two_voices_have_their_colours() -> None:
    assert chroma_of((Line(0, 9, "First voice"), Line(0, 9, "second 🌹")), 150).max() > 50


def test_without_emoji_a_line_has_no_colours() -> None:
    typesetter = Typesetter()
    assert typeset_line(Line(0, 1, "Plain ♪"), lyrics_box(), typesetter, True).colours is None
    coloured = typeset_line(Line(0, 1, "Rose 🌹"), lyrics_box(), typesetter, True)
    assert coloured.colours is not None
    assert coloured.colours.shape == (*coloured.alpha.shape, 3)


@pytest.mark.parametrize("video_format", FORMATS)
def test_large_words_in_three_rows_below_a_section_s_name_are_seen(video_format) -> None:
    line = Line(1, 5, "Let the lanterns go, let them find the sky", section="Chorus")
    painter = make_painter(video_format, (line,), text_size=TextSize.LARGE)
    area = lyrics_box(video_format).area
    ground = crop(painter.canvas.planes.y, area)
    painter.paint(90)
    assert (crop(painter.canvas.planes.y, area) - ground).max() > 150
