"""Colours as people write them: # and six hexadecimal digits."""

import re

from videos.render.errors import InputError

COLOUR_PATTERN = "^(#[0-9a-fA-F]{6})?$"  # or nothing


class ColourError(InputError):
    """A text that is no colour. The text of the error is a sentence for the person."""


def parse_colour(value: object) -> str:
    """Return a colour as # and six small digits, or "" for none. Raises ColourError."""
    if isinstance(value, str):
        text = value.strip()
        if re.fullmatch(COLOUR_PATTERN, text):
            return text.lower()
    raise ColourError(f"“{value}” is no colour: it is written as #rrggbb, such as #ffb347.")


def to_rgb(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue (0 to 255) of a colour as ``parse_colour`` returns it."""
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue
