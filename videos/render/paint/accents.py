"""The colours that a creator chose for a film, light enough to be seen on its dark background."""

from videos.render.paint.contrast import lighten
from videos.render.paint.palette import WHITE, Palette
from videos.render.styles.colours import to_rgb

GROUND_LUMINANCE = 0.05  # of the backgrounds on which bars, ring, line and timeline stand
MIN_CONTRAST = 3.0  # of what is no text (WCAG 2.2, 1.4.11)
LIGHTER = 0.4  # how far one colour alone runs to white


def accentuate(palette: Palette, accent: str, second: str) -> Palette:
    """Return the palette with the colours (#rrggbb) that are not empty in the place of its own.

    One that is too dark is mixed with white. The first one alone runs into a lighter shade of
    itself.
    """
    if accent:
        first = lighten(to_rgb(accent), GROUND_LUMINANCE, MIN_CONTRAST)
        palette = Palette(first, Palette(first, WHITE).mix(LIGHTER))
    if second:
        other = lighten(to_rgb(second), GROUND_LUMINANCE, MIN_CONTRAST)
        palette = Palette(palette.first, other)
    return palette
