"""Colours as people write them."""

import pytest

from videos.render.styles.colours import ColourError, parse_colour, to_rgb


@pytest.mark.parametrize(
    ("text", "colour"), [("#ffb347", "#ffb347"), (" #FFB347 ", "#ffb347"), ("", "")]
)
def test_a_colour_is_six_digits_or_nothing(text: str, colour: str) -> None:
    assert parse_colour(text) == colour


@pytest.mark.parametrize("value", ["red", "#fff", "ffb347", "#ffb34g", "#ffb3471", 255, None])
def test_anything_else_is_refused_with_a_sentence(value: object) -> None:
    with pytest.raises(ColourError, match="is no colour: it is written as #rrggbb, such as"):
        parse_colour(value)


def test_its_light() -> None:
    assert to_rgb("#ff8000") == (255, 128, 0)
