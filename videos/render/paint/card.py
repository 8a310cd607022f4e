"""The cover as it stands in the picture: rounded, edged, signed, with a soft shadow."""

from PIL import Image, ImageDraw, ImageFilter, ImageStat

from videos.render.layout import Layout, Rect
from videos.render.text import signature

SMOOTH = 3
"""Shapes are drawn this many times larger and scaled down, so that their edges are smooth."""

SHADOW = 165
EDGE = (255, 255, 255, 40)


def draw_card(stage: Image.Image, cover: Image.Image, layout: Layout, author: str) -> None:
    """Draw the RGB `cover`, signed by `author`, in its place on the RGB `stage`."""
    place = layout.cover
    radius = place.width // 20
    _shadow(stage, place, radius)
    card = cover.convert("RGBA")
    if author:
        _sign(card, layout, author)
    stage.paste(card, place[:2], _rounded(place, radius, fill=255))
    edge = Image.new("RGBA", card.size, EDGE[:3])
    edge.putalpha(_rounded(place, radius, outline=EDGE[3]))
    stage.paste(edge, place[:2], edge)


def _rounded(place: Rect, radius: int, fill: int = 0, outline: int = 0) -> Image.Image:
    """Return a mask, as large as `place`, of a rectangle with round corners."""
    width, height = place.width * SMOOTH, place.height * SMOOTH
    mask = Image.new("L", (width, height), 0)
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, width - 1, height - 1), radius * SMOOTH, fill, outline, width=SMOOTH * 3 // 2
    )
    return mask.resize((place.width, place.height), Image.Resampling.LANCZOS)


def _shadow(stage: Image.Image, place: Rect, radius: int) -> None:
    """Darken the stage below and around `place`, as by a light from above."""
    spread, fall = place.width // 14, place.width // 26
    mask = Image.new("L", stage.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle(
        (place.x, place.y + fall, place.right, place.bottom + fall), radius, SHADOW
    )
    mask = mask.resize((stage.width // 4, stage.height // 4), Image.Resampling.BOX)
    mask = mask.filter(ImageFilter.GaussianBlur(spread / 4))
    stage.paste((0, 0, 0), (0, 0), mask.resize(stage.size, Image.Resampling.BICUBIC))


def _sign(card: Image.Image, layout: Layout, author: str) -> None:
    """Write `author` into the lower right corner, on a shade that sets it off."""
    room, side = layout.signature, card.width
    margin = side // 22
    name = signature(author, round(room.height * 0.5), side - 2 * margin)
    name = name.crop((0, 0, min(name.width, side), min(name.height, room.height - margin // 2)))
    x, y = side - name.width - margin, room.height - name.height - margin // 2
    written = Image.new("RGBA", (room.width, room.height), (0, 0, 0, 0))
    written.paste(name, (max(0, x), max(0, y)))
    top = room.y - layout.cover.y
    card.paste((0, 0, 0), (0, top), _shade(card.crop((0, top, side, side))))
    card.alpha_composite(written, (0, top))


def _shade(ground: Image.Image) -> Image.Image:
    """Return a mask that darkens `ground` towards its foot, the more the lighter it is."""
    lightness = ImageStat.Stat(ground.convert("L")).mean[0]
    deepest = 50 + 130 * lightness / 255
    slope = Image.linear_gradient("L").resize(ground.size)
    return slope.point([round(deepest * _eased(value / 255)) for value in range(256)])


def _eased(share: float) -> float:
    return share * share * (3 - 2 * share)
