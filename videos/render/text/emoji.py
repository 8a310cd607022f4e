"""Pictures of single emoji, scaled from the one size of bitmap that the colour face holds."""

from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from videos.render.text.faces import COLOUR_EMOJI, COLOUR_EMOJI_SIZE, Weight, load

CELL = 128  # pixels: the height of a bitmap in the file
HEIGHT = 1.12  # ems of the text beside it, for that height: a little taller than capitals
DESCENT = 0.2  # ems below the baseline
SIDE = 0.02  # ems of air on either side


def advance(cluster: str, size: int) -> float:
    """Return how many pixels of a line an emoji takes beside text of `size` pixels an em."""
    return _font().getlength(cluster) * HEIGHT * size / CELL + 2 * SIDE * size


@lru_cache(maxsize=256)
def picture(cluster: str, size: int) -> Image.Image:
    """Return an emoji in colour, RGBA; its foot belongs `DESCENT` ems below the baseline."""
    left, top, right, bottom = map(round, _font().getbbox(cluster, anchor="ls"))
    cell = Image.new("RGBA", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(cell).text(
        (-left, -top), cluster, font=_font(), embedded_color=True, anchor="ls"
    )
    width, height = (max(1, round(side * HEIGHT * size / CELL)) for side in cell.size)
    return cell.resize((width, height), Image.Resampling.LANCZOS)


def _font() -> ImageFont.FreeTypeFont:
    return load(COLOUR_EMOJI, COLOUR_EMOJI_SIZE, Weight.BOLD, COLOUR_EMOJI_SIZE)
