"""The encoder of one band of the picture."""

import numpy as np
import pytest

from tests.render.encode.splice.moving import FakePainter
from videos.render.encode.pictures import DEFAULT_SETTINGS, open_picture_encoder
from videos.render.encode.splice.band_encoder import BandEncoder
from videos.render.encode.splice.bands import Band
from videos.render.encode.splice.parameters import parse_parameter_sets
from videos.render.encode.splice.slices import parse_slice
from videos.render.layout import Rect
from videos.render.paint.yuv import Yuv

WIDTH, HEIGHT, FPS = 96, 96, 30
BAND = Rect(0, 32, WIDTH, 32)


@pytest.fixture
def film():
    return parse_parameter_sets(bytes(open_picture_encoder(WIDTH, HEIGHT, FPS).extradata or b""))


@pytest.fixture
def band(film) -> BandEncoder:
    return BandEncoder(Band(BAND.y, BAND.bottom, ()), WIDTH, FPS, film, DEFAULT_SETTINGS)


@pytest.fixture
def planes() -> Yuv:
    return FakePainter(WIDTH, HEIGHT, {}).canvas.planes


def test_it_sees_what_changes_in_its_rows_alone(band, planes):
    whole = Rect(0, 0, WIDTH, HEIGHT)
    assert band.copy_pixels(planes, whole)
    assert not band.copy_pixels(planes, whole)
    planes.y[10, 10] ^= 1  # above the band
    assert not band.copy_pixels(planes, whole)
    planes.y[40, 10] ^= 1
    assert band.copy_pixels(planes, whole)


def test_slices_know_their_place_and_a_key_frame_comes_first(band, planes, film):
    band.copy_pixels(planes, BAND)
    for position in range(3):
        header, _ = parse_slice(band.encode_changed(position, idr_id=1), film)
        assert header.is_key is (position == 0)
        assert header.first_macroblock == 2 * (WIDTH // 16)
        assert header.frame_number == position
        planes.y[32:64] = np.roll(planes.y[32:64], 2)
        band.copy_pixels(planes, BAND)


def test_an_unchanged_band_is_a_few_bytes_and_always_the_same(band, planes):
    band.copy_pixels(planes, BAND)
    changed = band.encode_changed(0, idr_id=0)
    unchanged = band.encode_unchanged(1)
    assert len(unchanged) < len(changed) / 10
    assert band.encode_unchanged(1) == unchanged
    assert band.encode_unchanged(2) != unchanged
