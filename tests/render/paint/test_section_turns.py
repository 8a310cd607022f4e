"""When a new section begins."""

import numpy as np
import pytest

from tests.render.films import crop
from tests.render.paint.factories import make_painter
from videos.render.lyrics import Line
from videos.render.options import Look
from videos.render.paint.section_turns import SectionTurns

SUNG = (
    Line(2, 4, "One", section="Verse"),
    Line(4, 6, "Two"),
    Line(10, 12, "Three", section="Chorus"),
    Line(12, 13, "Four", section="Bridge"),
    Line(16, 18, "Five", section="Chorus"),
)


def test_the_colours_change_places_from_section_to_section() -> None:
    turns = SectionTurns(SUNG)
    assert [turns.parity(time) for time in (0, 3, 9.9, 10, 12.5, 15.9, 16)] == [0, 0, 0, 1, 1, 1, 0]


def test_without_sections_they_stay() -> None:
    assert {SectionTurns().parity(time) for time in range(100)} == {0}


@pytest.mark.parametrize("look", [Look.GLOW, Look.ORBIT, Look.WAVE])
def test_bars_ring_and_line_change_their_colours_and_change_them_back(look: Look) -> None:
    painter = make_painter(lyrics=SUNG, look=look, seconds=20, accent="#ff4030",
                           second_accent="#30a0ff", hide_timeline=True)  # fmt: skip
    area = painter.parts[1 if look == Look.GLOW else 0].area
    chroma = []
    for time in (9, 11, 18):
        painter.paint(time * 30)
        half = type(area)(*(number // 2 for number in area))
        chroma.append(crop(painter.canvas.planes.u, half))
    assert np.abs(chroma[1] - chroma[0]).max() > 20
    assert (chroma[2] == chroma[0]).all()
