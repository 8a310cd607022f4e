"""Drawing single emoji in colour: bitmaps of the colour font, which has one size, are scaled."""

from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from videos.render.text.faces import COLOUR_EMOJI, COLOUR_EMOJI_SIZE, Weight, load_font

BITMAP_HEIGHT = 128  # pixels, in the font file
HEIGHT = 1.12  # ems of the text beside it: a little taller than capitals
DESCENT = 0.2  # ems below the baseline
SIDE_BEARING = 0.02  # ems of space on either side


def advance_width(cluster: str, size: int) -> float:
    """Return the advance width of an emoji in pixels, beside text of ``size`` pixels an em."""
    return _load_font().getlength(cluster) * HEIGHT * size / BITMAP_HEIGHT + 2 * SIDE_BEARING * size


@lru_cache(maxsize=256)
def draw_emoji(cluster: str, size: int) -> Image.Image:
    """Return an emoji in colour, RGBA; its bottom belongs ``DESCENT`` ems below the baseline."""
    left, top, right, bottom = map(round, _load_font().getbbox(cluster, anchor="ls"))
    bitmap = Image.new("RGBA", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(bitmap).text(
        (-left, -top), cluster, font=_load_font(), embedded_color=True, anchor="ls"
    )
    width, height = (max(1, round(side * HEIGHT * size / BITMAP_HEIGHT)) for side in bitmap.size)
    return bitmap.resize((width, height), Image.Resampling.LANCZOS)


def _load_font() -> ImageFont.FreeTypeFont:
    return load_font(COLOUR_EMOJI, COLOUR_EMOJI_SIZE, Weight.BOLD, COLOUR_EMOJI_SIZE)
