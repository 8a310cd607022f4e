import numpy as np
import pytest
from PIL import Image

from tests import icc_profiles
from videos.render.covers.colour_space import convert, from_code_points, from_gamma
from videos.render.covers.srgb import to_srgb


def colours() -> Image.Image:
    values = np.random.default_rng(3).integers(0, 256, (40, 40, 3), np.uint8)
    return Image.fromarray(values)


def converted(code_points: tuple[int, int], *pixels: tuple[int, int, int]) -> np.ndarray:
    picture = Image.fromarray(np.array([pixels], np.uint8))
    return np.asarray(convert(picture, from_code_points(*code_points)), int)[0]


def test_code_points_and_a_profile_of_one_space_agree() -> None:
    by_profile = np.asarray(to_srgb(colours(), icc_profiles.rgb_profile()), int)
    by_numbers = np.asarray(convert(colours(), from_code_points(12, 13)), int)
    assert np.abs(by_profile - by_numbers).max() <= 2


@pytest.mark.parametrize("code_points", [(1, 13), (1, 1), (2, 2), (1, 6), (0, 0), (255, 255)])
def test_what_is_like_srgb_is_not_converted(code_points: tuple[int, int]) -> None:
    assert from_code_points(*code_points) is None


@pytest.mark.parametrize("primaries", [1, 4, 5, 6, 7, 9, 11, 12, 22])
@pytest.mark.parametrize("transfer", [1, 4, 5, 8, 13, 16, 18])
def test_grey_stays_grey_and_lighter_stays_lighter(primaries: int, transfer: int) -> None:
    ramp = [(value, value, value) for value in range(0, 256, 15)]
    if from_code_points(primaries, transfer):
        result = converted((primaries, transfer), *ramp)
        assert np.ptp(result, axis=1).max() <= 2
        assert (np.diff(result[:, 0]) >= 0).all()
        assert result[0].max() == 0
        assert result[-1].min() > 240


@pytest.mark.parametrize(("transfer", "paper_white"), [(16, 148), (18, 191)])
def test_white_paper_in_high_dynamic_range_is_nearly_white(transfer: int, paper_white: int) -> None:
    pixel = (paper_white,) * 3
    assert 225 <= converted((9, transfer), pixel)[0, 0] <= 250


@pytest.mark.parametrize("gamma", [None, 0.0, 0.00001, 50.0, 0.45455, 0.4503])
def test_a_gamma_of_srgb_or_of_nonsense_changes_nothing(gamma: float | None) -> None:
    assert from_gamma(gamma) is None


def test_old_macintosh_gamma_is_lighter() -> None:
    picture = convert(Image.new("RGB", (1, 1), (128, 128, 128)), from_gamma(1 / 1.8))
    assert picture.getpixel((0, 0)) == pytest.approx((146,) * 3, abs=1)


@pytest.mark.parametrize("point", [(0.0,) * 8, (0.3, 0.3) * 4, (0.3, 0.0) * 4, (1e9,) * 8])
def test_primaries_without_a_sense_change_nothing(point: tuple[float, ...]) -> None:
    assert from_gamma(0.45455, point) is None
