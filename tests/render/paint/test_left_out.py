"""What a creator leaves out of the picture is not in it, and the rest is."""

from functools import cache

import numpy as np
import pytest

from tests.render.films import crop
from tests.render.paint.factories import make_painter
from tests.render.samples import lines
from videos.render.layout import Layout, Rect, get_layout
from videos.render.options import Look, TextSize, VideoFormat

FLAGS = ("hide_title", "hide_signature", "hide_bars", "hide_timeline", "hide_clock", "hide_site")
EVERYTHING = dict.fromkeys(FLAGS, True)


def areas_of(layout: Layout, look: Look) -> dict[str, list[Rect]]:
    """Return what each flag leaves out, where that can be told by its box."""
    areas = {
        "hide_title": [layout.heading.area],
        "hide_bars": [layout.visualiser.area],
        "hide_clock": [layout.time.elapsed, layout.time.total],
        "hide_site": [layout.watermark],
    }
    if look in {Look.GLOW, Look.KINETIC}:
        areas["hide_timeline"] = [layout.time.line]
    return areas


@cache
def _paint(look: Look, **options: object) -> np.ndarray:
    painter = make_painter(lyrics=lines(4), look=look, **options)
    painter.paint(90)
    return painter.canvas.planes.y.copy()


@pytest.mark.parametrize("flag", FLAGS)
def test_one_thing_at_a_time(flag: str) -> None:
    whole, without, bare = (
        _paint(Look.GLOW, **options) for options in ({}, {flag: True}, EVERYTHING)
    )
    areas = areas_of(get_layout(VideoFormat.WIDE, True, Look.GLOW), Look.GLOW)
    for area in areas.pop(flag, []):
        assert np.abs(crop(whole, area) - crop(without, area)).max() > 30
    for name, others in areas.items():
        for area in others:
            assert np.abs(crop(without, area) - crop(bare, area)).max() > 30, name


@pytest.mark.parametrize("look", [look for look in Look if look != Look.GLOW])
def test_all_of_it_at_once(look: Look) -> None:
    whole, bare = _paint(look), _paint(look, **EVERYTHING)
    for name, areas in areas_of(get_layout(VideoFormat.WIDE, True, look), look).items():
        for area in areas:
            assert np.abs(crop(whole, area) - crop(bare, area)).max() > 30, name


@pytest.mark.parametrize("look", list(Look))
def test_a_film_of_the_cover_alone_can_be_painted(look: Look) -> None:
    painter = make_painter(look=look, **EVERYTHING)
    painter.paint(60)
    assert painter.canvas.planes.y.std() > 0


@pytest.mark.parametrize("look", [Look.GLOW, Look.KINETIC])
def test_words_are_as_large_as_is_chosen(look: Look) -> None:
    inks = []
    for size in TextSize:
        painter = make_painter(lyrics=lines(6), look=look, text_size=size, **EVERYTHING)
        area = get_layout(VideoFormat.WIDE, True, look).lyrics.area
        ground = crop(painter.canvas.planes.y, area)
        painter.paint(100)
        inks.append(np.count_nonzero(crop(painter.canvas.planes.y, area) - ground > 90))
    assert inks[0] < inks[1] < inks[2]


def test_the_film_has_the_colours_that_were_chosen() -> None:
    assert make_painter(accent="#00c8a0").palette.first == (0, 200, 160)
