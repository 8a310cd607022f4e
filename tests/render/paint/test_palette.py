import colorsys

import numpy as np
import pytest
from PIL import Image

from videos.render.paint.palette import TONES, Palette, Rgb, extract_palette, tone
from videos.render.paint.yuv import LUMA_WEIGHTS


def test_a_palette_is_of_the_cover_and_light_enough_to_read() -> None:
    cover = Image.new("RGB", (100, 100), (20, 24, 60))
    cover.paste((200, 40, 30), (0, 0, 60, 40))
    cover.paste((30, 160, 60), (60, 50, 100, 100))
    palette = extract_palette(cover)
    hues = sorted(round(colorsys.rgb_to_hls(*colour)[0] * 12) % 12 for colour in palette)
    assert set(hues) <= {0, 4, 8}
    assert hues[0] != hues[1]
    for colour in palette:
        assert np.array(colour) @ LUMA_WEIGHTS > 100


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (127, 127, 127)])
def test_a_cover_without_colour_gets_two_by_the_title(colour: Rgb) -> None:
    cover = Image.new("RGB", (9, 9), colour)
    assert extract_palette(cover, "One") == extract_palette(cover, "One")
    assert len({extract_palette(cover, f"Song {number}") for number in range(50)}) == len(TONES)
    for tone_colour in extract_palette(cover):
        assert np.ptp(tone_colour) > 60
        assert np.array(tone_colour) @ LUMA_WEIGHTS > 140


def test_a_spot_of_colour_is_enough_to_have_its_own() -> None:
    cover = Image.new("RGB", (100, 100), (128, 128, 128))
    cover.paste((220, 40, 30), (10, 10, 40, 40))
    red, green, blue = extract_palette(cover).first
    assert red > max(green, blue) + 60


PALETTE = Palette((250, 150, 90), (90, 150, 250))


def mean_chroma(pixels: np.ndarray) -> float:
    return float((pixels.max(axis=2) - pixels.min(axis=2)).mean())


@pytest.mark.parametrize("grey", [30.0, 128.0, 255.0])
def test_a_grey_picture_is_toned_and_no_brighter(grey: float) -> None:
    pixels = np.full((20, 30, 3), grey, np.float32)
    toned = tone(pixels, PALETTE)
    assert mean_chroma(toned) > 0.3 * min(grey, 150)
    assert toned.max() <= 255
    assert (toned @ LUMA_WEIGHTS).mean() <= grey * 1.02
    assert (toned[0, 0] != toned[-1, -1]).any()


def test_a_picture_with_colours_keeps_them() -> None:
    pixels = np.full((20, 30, 3), (60, 90, 130), np.float32)
    assert tone(pixels, PALETTE) is pixels


def test_in_between_there_is_no_step() -> None:
    chromas = []
    for difference in range(6, 20):
        pixels = np.full((9, 9, 3), (120, 120, 120 + difference), np.float32)
        chromas.append(mean_chroma(tone(pixels, PALETTE)))
    assert np.abs(np.diff(chromas)).max() < 30


def test_a_cover_of_one_pixel_has_a_palette() -> None:
    red, green, blue = extract_palette(Image.new("RGB", (1, 1), (10, 10, 200))).first
    assert blue > max(red, green)
