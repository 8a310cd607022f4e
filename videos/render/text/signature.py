"""Drawing the author's name in handwriting, as a signature."""

from dataclasses import replace

from PIL import Image, ImageFilter

from videos.render.text.faces import CAVEAT, FACES, Weight
from videos.render.text.typesetter import Typesetter

SLANT = 3.5  # degrees, rising to the right
SHADOW_OPACITY = 0.6
WHITE = (255, 255, 255, 255)
SIZE_FACTOR = 1.3  # handwriting looks smaller than print of the same size
# The faces for scripts without a handwriting face, made as small as it looks.
UPRIGHT_FACES = tuple(replace(face, scale=face.scale * 0.76) for face in FACES)


def render_signature(author: str, height: int, max_width: int) -> Image.Image:
    """Return ``author`` in white handwriting with a soft shadow, as a tight RGBA image.

    ``height`` is the size of the letters in pixels, which is reduced where the name would be wider
    than ``max_width``. Scripts without a shipped handwriting face are set in the upright faces.
    """
    typesetter = Typesetter((CAVEAT, *UPRIGHT_FACES))
    margin = max(2, round(height * 0.25))
    text_width = max(1, max_width - 2 * margin)
    text, size = typesetter.fit(
        author, round(height * SIZE_FACTOR), Weight.MEDIUM, text_width, max(8, height // 3)
    )
    width = round(typesetter.width(text, size, Weight.MEDIUM))
    ink = Image.new("RGBA", (width + 6 * margin, 4 * size + 4 * margin))
    typesetter.draw(ink, (3 * margin, 2.5 * size), text, size, Weight.MEDIUM, WHITE)
    ink = ink.rotate(SLANT, Image.Resampling.BICUBIC)
    alpha = ink.getchannel("A")
    shadow = Image.new("RGBA", ink.size)
    blurred = alpha.filter(ImageFilter.GaussianBlur(max(1.0, size * 0.09)))
    shadow.putalpha(blurred.point(lambda value: round(value * SHADOW_OPACITY)))
    composed = Image.alpha_composite(shadow, ink)
    composed = composed.crop(composed.getbbox() or (0, 0, 1, 1))
    # The slant may have made it wider than ``max_width``.
    composed.thumbnail((max_width, composed.height), Image.Resampling.LANCZOS)
    return composed
