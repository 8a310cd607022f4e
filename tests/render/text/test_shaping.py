"""Runs of a line, placed and drawn."""

import numpy as np
import pytest

from videos.render.text.faces import FACES, Weight
from videos.render.text.shaping import draw_emoji, ink_box, lay_out_line, render_mask

SIZE = 48


def lay_out(text: str, weight: Weight = Weight.BOLD):
    return lay_out_line(text, FACES, SIZE, weight)


def test_runs_stand_side_by_side_and_fill_the_line():
    layout = lay_out("Night 🎵 夜")
    ends = [placed.x + placed.width for placed in layout.runs]
    starts = [placed.x for placed in layout.runs]
    assert starts[0] == 0
    assert starts[1:] == pytest.approx(ends[:-1])
    assert layout.width == pytest.approx(ends[-1])


def test_an_empty_line_has_no_width_and_no_ink():
    layout = lay_out("")
    assert (layout.width, layout.ink()) == (0, (0.0, 0.0, 0.0, 0.0))


def test_the_mask_has_its_ink_where_the_layout_says():
    layout, origin = lay_out("Night"), (10.0, 60.0)
    box = ink_box(layout, origin, (400, 100))
    mask = np.asarray(render_mask(layout, origin, (0, 0, 400, 100), with_emoji=True))
    rows, columns = np.nonzero(mask)
    assert box[0] <= columns.min() <= box[0] + 3
    assert box[2] - 3 <= columns.max() < box[2]
    assert box[1] <= rows.min()
    assert rows.max() < box[3]


def test_emoji_are_left_out_of_a_mask_where_they_are_drawn_in_colour():
    layout, box = lay_out("🚀"), (0, 0, 100, 100)
    assert not np.asarray(render_mask(layout, (5.0, 60.0), box, with_emoji=False)).any()
    assert np.asarray(render_mask(layout, (5.0, 60.0), box, with_emoji=True)).any()
    ((placed, picture),) = draw_emoji(layout)
    assert placed.run.is_emoji
    assert picture.mode == "RGBA"


def test_a_clock_is_as_wide_whatever_it_shows():
    assert lay_out("1:11").width == lay_out("8:08").width
