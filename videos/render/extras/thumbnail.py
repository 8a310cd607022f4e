"""Draws a thumbnail: the picture that stands for a film in lists, with a title that is read there.

It has no clock, no time line and no lyrics. The lower right corner is free, where sites write the
film's length.
"""

from PIL import Image

from videos.render.layout import HeadingBox, Rect
from videos.render.paint.background import draw_background
from videos.render.paint.card import draw_card
from videos.render.paint.cover_file import limit_aspect, load_cover, scale_cover
from videos.render.paint.generated_cover import generate_cover
from videos.render.paint.heading import draw_heading
from videos.render.paint.palette import extract_palette
from videos.render.paint.text_contrast import darken_areas
from videos.render.scene import Scene
from videos.render.text import Typesetter

THUMBNAIL_SIZE = 1280, 720
THUMBNAIL_QUALITY = 90  # as a JPEG
CARD_ROOM = Rect(56, 56, 560, 608)
# Right of the card; it ends above the corner in which sites write the length
HEADING = HeadingBox(Rect(664, 56, 572, 560), 150, 46, "l")
MAX_BEHIND_TITLE = 80.0  # of 255


def draw_thumbnail(scene: Scene) -> Image.Image:
    """Return the thumbnail of the film of ``scene`` in RGB.

    Raises CoverError if the cover cannot be used.
    """
    width, height = THUMBNAIL_SIZE
    if scene.cover:
        picture = load_cover(scene.cover, CARD_ROOM.height)
    else:
        picture = generate_cover(scene.title, CARD_ROOM.height, scene.genre)
    card = _fit_card(limit_aspect(*picture.size))
    cover = scale_cover(picture, card.width, card.height)
    palette = extract_palette(cover, scene.title)
    pixels = draw_background(cover, palette, width, height)
    heading = _heading_beside(card)
    darken_areas(pixels, [(heading.area, MAX_BEHIND_TITLE)], across=False)
    stage = Image.fromarray(pixels.round().clip(0, 255).astype("uint8"))
    draw_card(stage, cover, card, card, "", palette)
    draw_heading(stage, heading, scene.title, scene.author, palette, Typesetter())
    return stage


def _fit_card(aspect: float) -> Rect:
    """Return where a cover of this shape, width to height, stands at the left of the picture."""
    card_width = min(CARD_ROOM.width, CARD_ROOM.height * aspect)
    width, height = (round(side / 2) * 2 for side in (card_width, card_width / aspect))
    return Rect(CARD_ROOM.x, (THUMBNAIL_SIZE[1] - height) // 4 * 2, width, height)


def _heading_beside(card: Rect) -> HeadingBox:
    """Return the box of the title: as wide as the card leaves it."""
    x = card.right + CARD_ROOM.x // 2 * 2
    area = HEADING.area._replace(x=x, width=THUMBNAIL_SIZE[0] - CARD_ROOM.x - x)
    return HeadingBox(area, HEADING.title_size, HEADING.author_size, HEADING.anchor)
