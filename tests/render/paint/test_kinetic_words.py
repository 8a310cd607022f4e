"""The words of the look Kinetic in the picture."""

from itertools import pairwise

import numpy as np
import pytest

from tests.render.films import crop
from tests.render.paint.factories import make_painter
from videos.render.backdrops.flash_meter import FlashMeter
from videos.render.layout import LyricsBox, get_layout
from videos.render.lyrics import Line, Word
from videos.render.options import Look, VideoFormat
from videos.render.paint import Painter
from videos.render.paint.page_typesetting import PlacedPart, typeset_page
from videos.render.paint.pages import make_pages
from videos.render.text import Typesetter

WORDS = (Word(2.0, 2.4, "Hold"), Word(2.5, 2.8, "me"), Word(3.4, 4.0, "now"))
LINE = Line(2, 4, "Hold me now", WORDS)


def box_of(video_format: VideoFormat = VideoFormat.WIDE) -> LyricsBox:
    lyrics = get_layout(video_format, True, Look.KINETIC).lyrics
    assert lyrics is not None
    return lyrics


def painter_of(*sung: Line, seconds: float = 8) -> Painter:
    return make_painter(lyrics=sung, look=Look.KINETIC, seconds=seconds, title="", author="")


def parts_of(*sung: Line) -> list[PlacedPart]:
    page = next(page for page in make_pages(sung, "", "", 8) if page.start >= 0)
    return typeset_page(page, box_of(), Typesetter())


def ink(luma: np.ndarray, part: PlacedPart, ground: np.ndarray) -> float:
    """Return how much lighter than the ground of the box a part is, in levels of luma."""
    height, width = part.alpha.shape
    place = slice(part.y, part.y + height), slice(part.x, part.x + width)
    solid = part.alpha > 120
    return float((luma[place][solid].astype(int) - ground[place][solid]).mean())


def paint(painter: Painter, seconds: float) -> np.ndarray:
    painter.paint(round(seconds * 30))
    return crop(painter.canvas.planes.y, box_of().area)


def test_no_word_is_later_than_a_frame() -> None:
    painter = painter_of(LINE)
    ground = crop(painter.canvas.planes.y, box_of().area)
    for word, part in zip(WORDS, parts_of(LINE), strict=True):
        before, then, later = (
            ink(paint(painter, word.start + shift), part, ground) for shift in (-0.2, 1 / 30, 0.3)
        )
        assert before < 0.1 * later
        assert then > 0.8 * later


def test_the_newest_word_has_a_colour_and_turns_white() -> None:
    painter = painter_of(LINE)
    area, (first, second, _) = box_of().area, parts_of(LINE)

    def colour(part: PlacedPart) -> float:
        blue = painter.canvas.planes.u[area.y // 2 :, area.x // 2 :]
        height, width = (side // 2 for side in part.alpha.shape)
        place = blue[part.y // 2 :, part.x // 2 :][:height, :width].astype(int)
        solid = part.alpha[::2, ::2][:height, :width] > 120
        return float(np.abs(place[solid] - 128).mean())

    paint(painter, 2.3)
    assert colour(first) > 12
    paint(painter, 3.0)
    assert colour(first) < 4
    assert colour(second) > 12


def test_a_line_leaves_before_the_next_comes() -> None:
    painter = painter_of(LINE, Line(5, 6, "Go"))
    ground = crop(painter.canvas.planes.y, box_of().area)
    assert (paint(painter, 4.5) != ground).any()
    assert (paint(painter, 4.87) == ground).all()
    assert (paint(painter, 5.2) != ground).any()


def test_a_frame_does_not_depend_on_those_before() -> None:
    sung = (LINE, Line(5, 6, "Go 🏮 now"))
    in_order, direct = painter_of(*sung), painter_of(*sung)
    for index in range(0, 200, 3):
        in_order.paint(index)
    direct.paint(198)
    for one, other in zip(in_order.canvas.planes, direct.canvas.planes, strict=True):
        assert (one == other).all()


def test_nothing_moves_once_a_line_has_come() -> None:
    painter = painter_of(LINE)
    pictures = [paint(painter, 4 + number / 30) for number in range(30)]
    assert all((one == other).all() for one, other in pairwise(pictures))


def test_many_short_lines_do_not_flash() -> None:
    """The strictest there is: white words over the whole box, in lines ten times a second."""
    quick = [Line(at / 10, at / 10 + 0.1, "MMMM WWWW") for at in range(40)]
    painter, meter = painter_of(*quick, seconds=4), FlashMeter(30)
    for index in range(120):
        painter.paint(index)
        meter.add_frame(painter.canvas.planes)
    assert meter.area < 0.001


@pytest.mark.parametrize("video_format", list(VideoFormat))
def test_the_first_frame_is_not_empty(video_format: VideoFormat) -> None:
    painter = make_painter(video_format, (Line(6, 8, "Go"),), look=Look.KINETIC)
    painter.paint(0)
    assert (crop(painter.canvas.planes.y, box_of(video_format).area) > 170).any()
