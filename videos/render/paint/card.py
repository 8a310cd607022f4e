"""The cover as it stands in the picture: a card or a disc, signed, with a soft shadow."""

from PIL import Image, ImageDraw, ImageFilter, ImageStat

from videos.render.layout import Rect
from videos.render.text import Anchor, signature

SMOOTH = 3
"""Shapes are drawn this many times larger and scaled down, so that their edges are smooth."""

SHADOW = 165
EDGE = (255, 255, 255, 40)

CHORD = 0.6
"""How much of a disc's width is left for a signature near its foot."""


def draw_card(
    stage: Image.Image, cover: Image.Image, place: Rect, corner: Rect, author: str
) -> None:
    """Draw the RGB `cover`, signed by `author` in a `corner` of it, in its place on `stage`."""
    _draw(stage, cover, place, place.width // 20, corner, author)


def draw_disc(stage: Image.Image, cover: Image.Image, place: Rect, foot: Rect, author: str) -> None:
    """Draw the RGB `cover` as a disc, signed by `author` in the middle of its `foot`."""
    _draw(stage, cover, place, place.width // 2, foot, author)


def _draw(
    stage: Image.Image, cover: Image.Image, place: Rect, radius: int, room: Rect, author: str
) -> None:
    _shadow(stage, place, radius)
    card = cover.copy()
    if author:
        inside = Rect(room.x - place.x, room.y - place.y, room.width, room.height)
        _shade_foot(card, inside)
        sign(card, inside, author, "m" if 2 * radius >= place.width else "r")
    stage.paste(card, place[:2], _rounded(place, radius, fill=255))
    edge = Image.new("RGBA", card.size, EDGE[:3])
    edge.putalpha(_rounded(place, radius, outline=EDGE[3]))
    stage.paste(edge, place[:2], edge)


def sign(picture: Image.Image, room: Rect, author: str, anchor: Anchor = "r") -> None:
    """Write `author` by hand into a part of an RGB `picture`: on its right or in its middle."""
    if author:
        name, place = _signature(room, author, anchor)
        picture.paste(name, place[:2], name)


def signed(room: Rect, author: str) -> Rect:
    """Return where `sign` would write `author`."""
    return _signature(room, author, "r")[1]


def _signature(room: Rect, author: str, anchor: Anchor) -> tuple[Image.Image, Rect]:
    """Return what is written into a `room` for signatures, RGBA, and where."""
    margin = room.height // 6
    widest = room.width - 2 * margin if anchor == "r" else round(room.width * CHORD)
    name = signature(author, round(room.height * 0.5), widest)
    name.thumbnail((room.width, room.height - margin), Image.Resampling.LANCZOS)  # it is slanted
    x = (room.width - name.width) // 2 if anchor == "m" else room.width - name.width - margin
    y = room.height - name.height - margin
    return name, Rect(room.x + max(0, x), room.y + max(0, y), *name.size)


def _rounded(place: Rect, radius: int, fill: int = 0, outline: int = 0) -> Image.Image:
    """Return a mask, as large as `place`, of a rectangle with round corners."""
    width, height = place.width * SMOOTH, place.height * SMOOTH
    mask = Image.new("L", (width, height), 0)
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, width - 1, height - 1), radius * SMOOTH, fill, outline, width=SMOOTH * 3 // 2
    )
    return mask.reduce(SMOOTH)


def _shadow(stage: Image.Image, place: Rect, radius: int) -> None:
    """Darken the stage below and around `place`, as by a light from above."""
    spread, fall = place.width // 14, place.width // 26
    reach = (3 * spread + fall) // 4 * 4
    width = place.width + 2 * reach
    mask = Image.new("L", (width, width), 0)
    box = (reach, reach + fall, reach + place.width, reach + place.width + fall)
    ImageDraw.Draw(mask).rounded_rectangle(box, radius, SHADOW)
    blurred = mask.reduce(4).filter(ImageFilter.GaussianBlur(spread / 4))
    soft = blurred.resize(mask.size, Image.Resampling.BICUBIC)
    stage.paste((0, 0, 0), (place.x - reach, place.y - reach), soft)


def _shade_foot(card: Image.Image, room: Rect) -> None:
    """Darken the foot of a card from the top of `room` down."""
    foot = (0, room.y, card.width, card.height)
    card.paste((0, 0, 0), foot, _shade(card.crop(foot)))


def _shade(ground: Image.Image) -> Image.Image:
    """Return a mask that darkens `ground` towards its foot, the more the lighter it is."""
    lightness = ImageStat.Stat(ground.convert("L")).mean[0]
    deepest = 50 + 130 * lightness / 255
    slope = Image.linear_gradient("L").resize(ground.size)
    return slope.point([round(deepest * _eased(value / 255)) for value in range(256)])


def _eased(share: float) -> float:
    return share * share * (3 - 2 * share)
