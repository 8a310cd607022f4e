"""Title and author, and the name of the site at the foot: the words that stand still."""

from PIL import Image

from videos.render.layout import HeadingPlace, Rect
from videos.render.paint.colour import WHITE, Palette, Rgb
from videos.render.text import Anchor, Typesetter, Weight, clean

SMALLEST = 0.72
"""The share of its size to which a title shrinks before it is broken into lines."""

BROKEN = 0.68
"""The share of its size at which a title stands in several lines."""

MOST_LINES = 3

TITLE_STEP, AUTHOR_STEP = 1.2, 1.6
"""From one baseline to the next, in sizes of the letters."""

DEPTH = 0.24
"""How far below its baseline a title may reach, in sizes of its letters, before the author moves
down: Latin letters do so far, Arabic ones further.
"""

SIDES: dict[Anchor, float] = {"l": 0.0, "m": 0.5, "r": 1.0}
"""Where anchors are, in shares of a width."""

QUIET: Rgb = (214, 210, 218)


def draw_heading(
    stage: Image.Image,
    place: HeadingPlace,
    title: str,
    author: str,
    palette: Palette,
    typesetter: Typesetter,
) -> None:
    """Draw title and author in their place, as a block centred in its height."""
    lines, size = _title_lines(title, place, typesetter)
    step = round(size * TITLE_STEP)
    gap = round(place.author * AUTHOR_STEP) if author else 0
    if gap and lines:
        deep = typesetter.depth(lines[-1], size, Weight.HEAVY) - size * DEPTH
        gap += max(0, min(place.author, round(deep)))
    anchor = anchor_of(place, title or author, typesetter)
    patch, x = _patch(stage, place.area), place.area.width * SIDES[anchor]
    baseline = (place.area.height - len(lines) * step - gap) // 2 + round(size * 0.92)
    for line in lines:
        typesetter.draw(patch, (x, baseline), line, size, Weight.HEAVY, WHITE, anchor)
        baseline += step
    if author:
        fitted, small = typesetter.fit(
            author, place.author, Weight.MEDIUM, place.area.width, round(place.author * 0.7)
        )
        baseline += gap - step if lines else 0
        tone = Palette(palette.first, WHITE).between(0.45)
        typesetter.draw(patch, (x, baseline), fitted, small, Weight.MEDIUM, tone, anchor)
    stage.paste(patch, place.area[:2])


def anchor_of(place: HeadingPlace, text: str, typesetter: Typesetter) -> Anchor:
    """Return where in its place a heading stands."""
    turned = place.turns and place.anchor == "l" and typesetter.is_rtl(text)
    return "r" if turned else place.anchor


def draw_watermark(
    stage: Image.Image, place: Rect, domain_name: str, size: int, typesetter: Typesetter
) -> None:
    """Draw the name of the site in the middle of its place."""
    if not domain_name:
        return
    text, size = typesetter.fit(domain_name, size, Weight.MEDIUM, place.width, size // 2)
    patch, baseline = _patch(stage, place), place.height // 2 + round(size * 0.36)
    typesetter.draw(
        patch, (place.width / 2, baseline), text, size, Weight.MEDIUM, QUIET, anchor="m"
    )
    stage.paste(patch, place[:2])


def _patch(stage: Image.Image, area: Rect) -> Image.Image:
    """Cut out `area` to be drawn on: so that marks piled up high stay inside of it."""
    return stage.crop((area.x, area.y, area.right, area.bottom))


def _title_lines(title: str, place: HeadingPlace, typesetter: Typesetter) -> tuple[list[str], int]:
    """Return the title on one line, if need be smaller, or on several, and its letters' size."""
    title = clean(title)
    if not title:
        return [], place.title
    width, heavy = place.area.width, Weight.HEAVY
    fitted, size = typesetter.fit(title, place.title, heavy, width, round(place.title * SMALLEST))
    if fitted == title:
        return [title], size
    size = round(place.title * BROKEN)
    room = place.area.height - round(place.author * AUTHOR_STEP)
    most = min(MOST_LINES, room // round(size * TITLE_STEP))
    lines = typesetter.wrap(title, size, heavy, width, most)
    return [typesetter.fit(line, size, heavy, width, size)[0] for line in lines], size
