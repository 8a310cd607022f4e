"""No text ends a film: every code point alone, and pairs of all kinds of characters."""

import logging
from collections.abc import Iterable
from itertools import product
from random import Random

import pytest
from PIL import Image

from tests.render.text.unicode_samples import ALL, block_samples, representatives
from videos.render.text import Typesetter, Weight

SIZE = 24
WHITE = (255, 255, 255, 255)
PAIRS_IN_CI = 1500
TEXTS_IN_CI = 150


@pytest.fixture(autouse=True)
def no_log(caplog: pytest.LogCaptureFixture) -> None:
    """Keep the names of a million characters without a face out of memory."""
    caplog.set_level(logging.ERROR, "videos.render.text")


def draw_all(texts: Iterable[str]) -> None:
    """Measure and draw each text on a mask and in colour; an error names the text."""
    typesetter = Typesetter()
    mask, picture = Image.new("L", (120, 60)), Image.new("RGBA", (120, 60))
    for text in texts:
        try:
            typesetter.draw(mask, (20, 40), text, SIZE, Weight.HEAVY, 255)
            typesetter.draw(picture, (20, 40), text, SIZE, Weight.HEAVY, WHITE)
            typesetter.depth(text, SIZE, Weight.HEAVY)
        except Exception as error:
            error.add_note(f"text: {text!a}")
            raise


def long_texts(count: int) -> Iterable[str]:
    random = Random(12)
    for _ in range(count):
        yield "".join(random.choices(representatives(), k=random.randint(3, 30)))


def test_characters_of_every_block_are_drawn_without_complaint():
    draw_all(block_samples())


def test_one_character_of_each_script_category_and_direction_is_drawn_beside_others():
    draw_all(a + b for a, b in zip(representatives(), representatives()[1:], strict=False))
    random = Random(12)
    draw_all("".join(random.choices(representatives(), k=2)) for _ in range(PAIRS_IN_CI))


def test_lines_of_all_scripts_at_once_are_fitted_and_wrapped():
    typesetter = Typesetter()
    for text in long_texts(TEXTS_IN_CI):
        typesetter.fit(text, 40, Weight.BOLD, 200, 16)
        typesetter.wrap(text, SIZE, Weight.BOLD, 200)


@pytest.mark.nightly
def test_every_code_point_is_drawn_without_complaint():
    draw_all(map(chr, ALL))


@pytest.mark.nightly
def test_every_pair_of_kinds_is_drawn_without_complaint():
    draw_all(a + b for a, b in product(representatives(), repeat=2))


@pytest.mark.nightly
def test_many_lines_of_all_scripts_are_drawn_without_complaint():
    draw_all(long_texts(5_000))
