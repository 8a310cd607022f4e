import numpy as np
import pytest

from videos.render.paint.generated_cover import generate_cover

TITLES = ["Afterglow", "Ночной поезд", "夜に駆ける", "", "\udcff \x00", "a" * 5000]


@pytest.mark.parametrize("title", TITLES)
def test_every_title_has_a_cover_with_something_to_see(title: str) -> None:
    pixels = np.asarray(generate_cover(title, 96), np.float32)
    assert pixels.shape == (96, 96, 3)
    assert pixels.std() > 30


def test_it_is_always_the_same_for_a_title_and_another_for_another() -> None:
    assert generate_cover("One", 64).tobytes() == generate_cover("One", 64).tobytes()
    assert generate_cover("One", 64).tobytes() != generate_cover("Two", 64).tobytes()


def test_a_large_one_is_the_small_one_enlarged() -> None:
    small, large = generate_cover("One", 300), generate_cover("One", 1500)
    assert large.size == (1500, 1500)
    difference = np.asarray(small, np.float32) - np.asarray(large.resize((300, 300)), np.float32)
    assert np.abs(difference).mean() < 6
