"""Single emoji in colour."""

import numpy as np
import pytest

from videos.render.text.emoji import HEIGHT, advance_width, draw_emoji


@pytest.mark.parametrize("cluster", ["🎵", "❤️", "👩‍🚀", "🇩🇪"])
def test_it_is_drawn_in_colour_as_tall_as_the_text_beside_it(cluster):
    image = draw_emoji(cluster, 48)
    assert image.mode == "RGBA"
    assert image.height <= 48 * HEIGHT + 2
    opaque = np.asarray(image)[..., 3] > 200
    assert opaque.any()


def test_some_of_them_have_colours():
    pixels = np.asarray(draw_emoji("❤️", 48), np.int16)
    red, green = pixels[..., 0][pixels[..., 3] > 200], pixels[..., 1][pixels[..., 3] > 200]
    assert (red - green).mean() > 60


def test_its_width_grows_with_the_text():
    assert advance_width("🎵", 96) == pytest.approx(2 * advance_width("🎵", 48))
    assert advance_width("🎵", 48) >= draw_emoji("🎵", 48).width
