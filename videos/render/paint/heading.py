"""The still texts: title and author as the heading, and the domain name as the watermark."""

from PIL import Image

from videos.render.layout import HeadingBox, Rect
from videos.render.paint.contrast import lighten
from videos.render.paint.palette import WHITE, Palette, Rgb
from videos.render.text import Anchor, Typesetter, Weight, clean

MIN_ONE_LINE_SCALE = 0.72  # a title that needs smaller letters to fit one line is wrapped
# The scales of the letters of a wrapped title: the first at which it fits whole, else the last
WRAPPED_SCALES = (0.68, 0.58, 0.5)
MAX_LINES = 3

TITLE_STEP, AUTHOR_STEP = 1.2, 1.6  # from one baseline to the next, in font sizes

# How far the title may descend below its baseline, in font sizes, before the author moves down:
# Latin letters descend that far, Arabic ones further.
MAX_DESCENT = 0.24

ANCHOR_SHARES: dict[Anchor, float] = {"l": 0.0, "m": 0.5, "r": 1.0}  # of a width
BEHIND_LUMINANCE = 0.09  # about that of the lightest background behind texts
WATERMARK_COLOUR: Rgb = (214, 210, 218)


def draw_heading(
    stage: Image.Image,
    box: HeadingBox,
    title: str,
    author: str,
    palette: Palette,
    typesetter: Typesetter,
) -> None:
    """Draw title and author in their box, as a block that is centred vertically."""
    lines, size = fit_title(title, box, typesetter)
    step = round(size * TITLE_STEP)
    gap = round(box.author_size * AUTHOR_STEP) if author else 0
    if gap and lines:
        excess = typesetter.depth(lines[-1], size, Weight.HEAVY) - size * MAX_DESCENT
        gap += max(0, min(box.author_size, round(excess)))
    anchor = heading_anchor(box, title or author, typesetter)
    patch, x = _crop(stage, box.area), box.area.width * ANCHOR_SHARES[anchor]
    baseline = (box.area.height - len(lines) * step - gap) // 2 + round(size * 0.92)
    for line in lines:
        typesetter.draw(patch, (x, baseline), line, size, Weight.HEAVY, WHITE, anchor)
        baseline += step
    if author:
        min_size = round(box.author_size * 0.7)
        fitted, size = typesetter.fit(
            author, box.author_size, Weight.MEDIUM, box.area.width, min_size
        )
        baseline += gap - step if lines else 0
        colour = lighten(Palette(palette.first, WHITE).mix(0.45), BEHIND_LUMINANCE)
        typesetter.draw(patch, (x, baseline), fitted, size, Weight.MEDIUM, colour, anchor)
    stage.paste(patch, box.area[:2])


def heading_anchor(box: HeadingBox, text: str, typesetter: Typesetter) -> Anchor:
    """Return the side of its box to which a heading with this text is aligned."""
    is_mirrored = box.mirrors_rtl and box.anchor == "l" and typesetter.is_rtl(text)
    return "r" if is_mirrored else box.anchor


def draw_watermark(
    stage: Image.Image,
    area: Rect,
    domain_name: str,
    font_size: int,
    typesetter: Typesetter,
    logo: Image.Image | None = None,
) -> None:
    """Draw an RGBA logo and the domain name side by side in the middle of ``area``, if there are
    any.
    """
    gap = font_size // 2 if logo and domain_name else 0
    taken = logo.width + gap if logo else 0
    room, min_size = area.width - taken, font_size // 2
    text, size = typesetter.fit(domain_name, font_size, Weight.MEDIUM, room, min_size)
    left = (area.width - taken - typesetter.width(text, size, Weight.MEDIUM)) / 2
    patch = _crop(stage, area)
    if logo:
        patch.paste(logo, (round(left), (area.height - logo.height) // 2), logo)
    origin = (left + taken, area.height // 2 + round(size * 0.36))
    typesetter.draw(patch, origin, text, size, Weight.MEDIUM, WATERMARK_COLOUR)
    stage.paste(patch, area[:2])


def _crop(stage: Image.Image, area: Rect) -> Image.Image:
    """Return a copy of ``area`` to draw on, so that no stacked mark reaches outside of it."""
    return stage.crop((area.x, area.y, area.right, area.bottom))


def fit_title(title: str, box: HeadingBox, typesetter: Typesetter) -> tuple[list[str], int]:
    """Return the lines of the title and their font size: one line, if need be with smaller letters,
    or several.
    """
    title = clean(title)
    if not title:
        return [], box.title_size
    width, weight = box.area.width, Weight.HEAVY
    min_size = round(box.title_size * MIN_ONE_LINE_SCALE)
    fitted, size = typesetter.fit(title, box.title_size, weight, width, min_size)
    if fitted == title:
        return [title], size
    height = box.area.height - round(box.author_size * AUTHOR_STEP)
    for scale in WRAPPED_SCALES:
        size = round(box.title_size * scale)
        max_lines = max(1, min(MAX_LINES, height // round(size * TITLE_STEP)))
        lines = typesetter.wrap(title, size, weight, width, max_lines)
        widest = max(typesetter.width(line, size, weight) for line in lines)
        if max(widest, typesetter.unbreakable_width(title, size, weight)) <= width:
            return lines, size
    return [typesetter.fit(line, size, weight, width, size)[0] for line in lines], size
