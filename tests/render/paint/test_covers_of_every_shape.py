"""Covers that are not square: what each look shows of them, and that films of them move as others.

The cover has a red frame around blue: where a side of it is cut, red is missing there.
"""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.pairwise import at_night
from tests.render.paint.factories import changed_box, make_painter, to_pixels
from tests.render.samples import lines
from videos.render.layout import Rect
from videos.render.layout.glow import HALO
from videos.render.options import Look, VideoFormat
from videos.render.paint import Painter

SIZES = {
    VideoFormat.WIDE: (1600, 900),
    VideoFormat.TALL: (900, 1600),
    VideoFormat.SQUARE: (900,) * 2,
}
RED, BLUE, FRAME = (200, 40, 40), (40, 60, 200), 160
BEYOND = 4  # pixels of a card's edge that are not looked at: it is drawn lighter


@pytest.fixture(params=SIZES.values(), ids=SIZES)
def cover(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return draw_frame(tmp_path / "cover.png", request.param)


def draw_frame(path: Path, size: tuple[int, int]) -> Path:
    width, height = size
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (FRAME, FRAME, width - FRAME, height - FRAME))
    image.save(path)
    return path


def is_red(pixels: np.ndarray) -> bool:
    red, _green, blue = pixels.reshape(-1, 3).mean(axis=0)
    return bool(red > blue)


def red_sides(pixels: np.ndarray, area: Rect) -> set[str]:
    """Return the sides of an area at whose middle the cover's frame is seen."""
    part = pixels[area.y : area.bottom, area.x : area.right]
    x, y, inside = area.width // 2, area.height // 2, slice(BEYOND, BEYOND + 6)
    strips = {
        "left": part[y - 4 : y + 4, inside],
        "top": part[inside, x - 4 : x + 4],
        "right": part[y - 4 : y + 4, ::-1][:, inside],
        "bottom": part[::-1][inside, x - 4 : x + 4],
    }
    return {side for side, strip in strips.items() if is_red(strip)}


def card_of(painter: Painter) -> Rect:
    """Return where the card of Glow is: the halo moves around it."""
    return painter.moving_areas[0].expand(-HALO)


@pytest.mark.each_value
@pytest.mark.parametrize("video_format", VideoFormat)
@pytest.mark.parametrize("lyrics", [(), lines(8)], ids=["instrumental", "sung"])
def test_the_card_of_glow_shows_the_whole_cover(cover, video_format, lyrics) -> None:
    painter = make_painter(video_format, lyrics, cover=cover, author="")
    pixels = to_pixels(painter.paint_image(90))
    card = card_of(painter)
    with Image.open(cover) as picture:
        assert card.width / card.height == pytest.approx(picture.width / picture.height, rel=0.02)
    assert red_sides(pixels, card) == {"left", "top", "right", "bottom"}
    middle = pixels[card.centre[1] - 4 :, card.centre[0] - 4 :][:8, :8]
    assert not is_red(middle)


@pytest.mark.parametrize("video_format", VideoFormat)
def test_wave_shows_the_whole_cover_where_the_shapes_agree(video_format, tmp_path) -> None:
    cover = draw_frame(tmp_path / "cover.png", SIZES[video_format])
    painter = make_painter(video_format, look=Look.WAVE, cover=cover, author="", title="")
    pixels = to_pixels(painter.paint_image(90))
    height, width = pixels.shape[:2]
    assert red_sides(pixels, Rect(0, 0, width, height)) >= {"left", "top", "right"}


def test_wave_cuts_no_more_of_another_shape_than_it_must(tmp_path) -> None:
    cover = draw_frame(tmp_path / "cover.png", (1600, 900))
    painter = make_painter(VideoFormat.SQUARE, look=Look.WAVE, cover=cover, author="", title="")
    pixels = to_pixels(painter.paint_image(90))
    assert red_sides(pixels, Rect(0, 0, 720, 720)) & {"left", "top", "right"} == {"top"}


@pytest.mark.each_value
@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("resolution", [720, 1080, *at_night([1440, 2160])])
def test_outside_of_what_moves_nothing_changes(cover, look, resolution) -> None:
    painter = make_painter(cover=cover, look=look, resolution=resolution, lyrics=lines(8))
    before = to_pixels(painter.paint_image(60))
    after = to_pixels(painter.paint_image(190))
    for area in painter.moving_areas:
        for pixels in (before, after):
            left, top = max(0, area.x - 2), max(0, area.y - 2)
            pixels[top : area.bottom + 2, left : area.right + 2] = 0
    assert changed_box(before, after) is None


@pytest.mark.each_value
@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("video_format", VideoFormat)
@pytest.mark.parametrize("size", [(1, 1), (2, 1), (1, 4000), (4000, 1), (999, 1000)])
def test_every_shape_can_be_painted(look, video_format, size, tmp_path) -> None:
    Image.new("RGB", size, RED).save(tmp_path / "cover.png")
    painter = make_painter(video_format, lines(4), cover=tmp_path / "cover.png", look=look)
    assert painter.paint_image(60).size == (painter.canvas.frame.width, painter.canvas.frame.height)
