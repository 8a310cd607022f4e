"""The author's name as if signed by hand."""

from dataclasses import replace

from PIL import Image, ImageFilter

from videos.render.text.faces import CAVEAT, FACES, Weight
from videos.render.text.typesetter import Typesetter

RISE = 3.5  # degrees
SHADOW = 0.6  # opacity
WHITE = (255, 255, 255, 255)
TALLER = 1.3  # handwriting looks smaller than print of the same size
# The faces for scripts without a hand, brought down to it.
PRINT = tuple(replace(face, scale=face.scale * 0.76) for face in FACES)


def signature(author: str, height: int, max_width: int) -> Image.Image:
    """Return `author` in white handwriting with a soft shadow, as a tight RGBA image.

    `height` is the size of the letters in pixels, made smaller where the name would be wider
    than `max_width`. Scripts for which no hand is shipped are set in the upright faces.
    """
    hand = Typesetter((CAVEAT, *PRINT))
    margin = max(2, round(height * 0.25))
    room = max(1, max_width - 2 * margin)
    text, size = hand.fit(author, round(height * TALLER), Weight.MEDIUM, room, max(8, height // 3))
    width = round(hand.width(text, size, Weight.MEDIUM))
    ink = Image.new("RGBA", (width + 6 * margin, 4 * size + 4 * margin))
    hand.draw(ink, (3 * margin, 2.5 * size), text, size, Weight.MEDIUM, WHITE)
    ink = ink.rotate(RISE, Image.Resampling.BICUBIC)
    alpha = ink.getchannel("A")
    shadow = Image.new("RGBA", ink.size)
    blurred = alpha.filter(ImageFilter.GaussianBlur(max(1.0, size * 0.09)))
    shadow.putalpha(blurred.point(lambda value: round(value * SHADOW)))
    signed = Image.alpha_composite(shadow, ink)
    signed = signed.crop(signed.getbbox() or (0, 0, 1, 1))
    signed.thumbnail((max_width, signed.height), Image.Resampling.LANCZOS)  # the slant widens it
    return signed
