"""The cover as it is drawn in the picture: a card or a disc, with soft shadow and signature."""

from PIL import Image, ImageDraw, ImageFilter, ImageStat

from videos.render.layout import Rect
from videos.render.paint.cover_file import crop_cover
from videos.render.paint.palette import Palette, Rgb
from videos.render.text import Anchor, render_signature

SUPERSAMPLING = 3  # shapes are drawn this many times larger, for smooth edges
SHADOW_ALPHA = 165
# A light foot is darkened with a deep shade of the film's colour instead of black, which is grey on
# white: from the first lightness (0 to 255) on, and wholly from the second. The shade's share of
# the colour.
MIN_LIGHT_FOOT, MAX_LIGHT_FOOT = 120, 200
DEEP_SHADE = 0.3
EDGE_COLOUR = (255, 255, 255, 40)
DISC_FOOT_WIDTH = 0.6  # the share of a disc's width that is left for a signature near its foot


def draw_card(
    stage: Image.Image,
    cover: Image.Image,
    area: Rect,
    signature_area: Rect,
    author: str,
    palette: Palette,
) -> None:
    """Draw the RGB ``cover`` in its ``area`` of the stage, signed by ``author`` at the right."""
    _draw(stage, cover, area, min(area[2:]) // 20, signature_area, author, palette)


def draw_disc(
    stage: Image.Image,
    cover: Image.Image,
    area: Rect,
    signature_area: Rect,
    author: str,
    palette: Palette,
) -> None:
    """Draw the RGB ``cover`` as a disc, signed by ``author`` in the middle of its foot."""
    _draw(stage, cover, area, area.width // 2, signature_area, author, palette)


def _draw(
    stage: Image.Image,
    cover: Image.Image,
    area: Rect,
    radius: int,
    signature_area: Rect,
    author: str,
    palette: Palette,
) -> None:
    """Draw the cover with corners of this ``radius``; all areas are in pixels of the stage."""
    _draw_shadow(stage, area, radius)
    card = crop_cover(cover, area.width, area.height)
    if author:
        inside = signature_area._replace(x=signature_area.x - area.x, y=signature_area.y - area.y)
        _darken_foot(card, inside, palette.first)
        draw_signature(card, inside, author, "m" if 2 * radius >= area.width else "r")
    stage.paste(card, area[:2], _rounded_mask(area, radius, fill=255))
    edge = Image.new("RGBA", card.size, EDGE_COLOUR[:3])
    edge.putalpha(_rounded_mask(area, radius, outline=EDGE_COLOUR[3]))
    stage.paste(edge, area[:2], edge)


def draw_signature(picture: Image.Image, area: Rect, author: str, anchor: Anchor = "r") -> None:
    """Sign an RGB ``picture`` by ``author`` at the right or in the middle of an ``area`` of it."""
    if author:
        ink, box = place_signature(area, author, anchor)
        picture.paste(ink, box[:2], ink)


def signature_box(area: Rect, author: str) -> Rect:
    """Return the box in which ``draw_signature`` would write ``author``."""
    return place_signature(area, author, "r")[1]


def place_signature(area: Rect, author: str, anchor: Anchor) -> tuple[Image.Image, Rect]:
    """Return the signature that fits ``area``, as RGBA, and the box that it takes."""
    margin = area.height // 6
    max_width = area.width - 2 * margin if anchor == "r" else round(area.width * DISC_FOOT_WIDTH)
    ink = render_signature(author, round(area.height * 0.5), max_width)
    ink.thumbnail((area.width, area.height - margin), Image.Resampling.LANCZOS)  # it is slanted
    x = (area.width - ink.width) // 2 if anchor == "m" else area.width - ink.width - margin
    y = area.height - ink.height - margin
    return ink, Rect(area.x + max(0, x), area.y + max(0, y), *ink.size)


def _rounded_mask(area: Rect, radius: int, fill: int = 0, outline: int = 0) -> Image.Image:
    """Return a mask, as large as ``area``, of a rectangle with round corners."""
    width, height = area.width * SUPERSAMPLING, area.height * SUPERSAMPLING
    mask = Image.new("L", (width, height), 0)
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, width - 1, height - 1),
        radius * SUPERSAMPLING,
        fill,
        outline,
        width=SUPERSAMPLING * 3 // 2,
    )
    return mask.reduce(SUPERSAMPLING)


def _draw_shadow(stage: Image.Image, area: Rect, radius: int) -> None:
    """Darken the stage below and around ``area``, as if the light came from above."""
    side = min(area.width, area.height)
    blur, drop = side // 14, side // 26
    reach = (3 * blur + drop) // 4 * 4
    mask = Image.new("L", (area.width + 2 * reach, area.height + 2 * reach), 0)
    box = (reach, reach + drop, reach + area.width, reach + area.height + drop)
    ImageDraw.Draw(mask).rounded_rectangle(box, radius, SHADOW_ALPHA)
    blurred = mask.reduce(4).filter(ImageFilter.GaussianBlur(blur / 4))
    soft = blurred.resize(mask.size, Image.Resampling.BICUBIC)
    stage.paste((0, 0, 0), (area.x - reach, area.y - reach), soft)


def _darken_foot(card: Image.Image, signature_area: Rect, colour: Rgb) -> None:
    """Darken a card from the top of the signature's area to its foot."""
    foot = (0, signature_area.y, card.width, card.height)
    ground = card.crop(foot)
    lightness = ImageStat.Stat(ground.convert("L")).mean[0]
    share = (lightness - MIN_LIGHT_FOOT) / (MAX_LIGHT_FOOT - MIN_LIGHT_FOOT)
    share = min(1.0, max(0.0, share)) * DEEP_SHADE
    red, green, blue = (round(channel * share) for channel in colour)
    card.paste((red, green, blue), foot, _shade_mask(ground, lightness))


def _shade_mask(ground: Image.Image, lightness: float) -> Image.Image:
    """Return a mask that darkens ``ground`` towards its foot; a lighter ground is darkened more."""
    max_alpha = 50 + 130 * lightness / 255
    slope = Image.linear_gradient("L").resize(ground.size)
    return slope.point([round(max_alpha * _ease(value / 255)) for value in range(256)])


def _ease(share: float) -> float:
    return share * share * (3 - 2 * share)
