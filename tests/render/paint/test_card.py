"""The cover as a card or a disc, with its signature."""

import numpy as np
import pytest
from PIL import Image

from videos.render.layout import Rect
from videos.render.paint.card import (
    draw_card,
    draw_disc,
    draw_signature,
    place_signature,
    signature_box,
)
from videos.render.paint.palette import Palette, Rgb

LONG = "Maximiliane Alexandra von Hohenlohe-Schillingsfürst"


def test_what_is_too_tall_for_its_room_is_made_smaller_and_not_cut() -> None:
    rooms = [Rect(0, 0, 600, height) for height in (200, 72)]
    whole, small = (np.asarray(place_signature(room, LONG, "r")[0]) for room in rooms)
    assert small.shape[0] <= 60
    ratio = whole.shape[1] / whole.shape[0]
    assert small.shape[1] / small.shape[0] == pytest.approx(ratio, rel=0.2)
    assert small[-1, :, 3].max() < 120  # no letter ends at the edge: what is there is its shadow


PALETTE = Palette((250, 150, 90), (90, 150, 250))
AREA, FOOT = Rect(40, 40, 100, 100), Rect(40, 112, 100, 28)


def stage_with(draw, author: str = "", colour: Rgb = (200, 60, 40)) -> np.ndarray:
    stage = Image.new("RGB", (200, 200), (120, 120, 120))
    draw(stage, Image.new("RGB", (100, 100), colour), AREA, FOOT, author, PALETTE)
    return np.asarray(stage, np.int16)


@pytest.mark.parametrize("draw", [draw_card, draw_disc])
def test_the_cover_stands_in_its_area_on_a_soft_shadow(draw) -> None:
    pixels = stage_with(draw)
    assert (np.abs(pixels[90, 90] - (200, 60, 40)) < 3).all()
    assert pixels[146, 90].max() < 118
    assert (pixels[2, 2] > 115).all()


def test_a_disc_is_round_and_a_card_is_not() -> None:
    card, disc = stage_with(draw_card), stage_with(draw_disc)
    assert card[46, 46, 0] > 150
    assert disc[46, 46, 0] < 150


def test_a_signature_is_written_over_a_darker_foot() -> None:
    plain, signed = stage_with(draw_card), stage_with(draw_card, "Ada")
    changed = np.abs(signed - plain).max(axis=2) > 8
    rows, columns = np.nonzero(changed)
    assert rows.min() >= FOOT.y
    assert rows.max() < AREA.bottom
    assert signed[rows, columns].max() > 200


def test_the_foot_of_a_white_card_is_not_grey_but_of_the_film_s_colour() -> None:
    for colour, has_colour in (((255, 255, 255), True), ((90, 90, 90), False)):
        foot = stage_with(draw_card, "Ada", colour)[AREA.bottom - 6, AREA.x + 8 : AREA.x + 20]
        assert (np.ptp(foot, axis=1).mean() > 20) == has_colour


def test_nobody_signs_nothing() -> None:
    picture = Image.new("RGB", (200, 60))
    draw_signature(picture, Rect(0, 0, 200, 60), "")
    assert picture.getbbox() is None


def test_the_box_of_a_signature_holds_its_ink() -> None:
    picture, area = Image.new("RGB", (300, 100)), Rect(20, 10, 260, 80)
    draw_signature(picture, area, "Ada")
    left, top, right, bottom = picture.point(lambda value: 255 * (value > 40)).getbbox()
    box = signature_box(area, "Ada")
    assert box.x <= left
    assert right <= box.right <= area.right
    assert box.y <= top
    assert bottom <= box.bottom <= area.bottom
