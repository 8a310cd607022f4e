"""Makes the fonts of the pages from Roboto Flex: one for texts, and a narrow one for titles.

``python -m tools.fonts.web SOURCE TARGET`` reads the variable fonts of each script, as fontsource
publishes them (``roboto-flex-<script>.woff2``, with the axes of weight, width and optical size).
With both axes that pages use in one file, a page would load twice as much.
"""

import sys
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "pnum"]
NAME_IDS = [0, 1, 2, 13, 14]  # copyright, names and licence
# Texts are drawn for 14 pixels and up to the weight of titles, titles for the size of headings
TEXT: dict[str, object] = {"opsz": 14, "wdth": 100, "wght": (400, 780)}
NARROW: dict[str, object] = {"opsz": 72, "wdth": 25, "wght": 780}
PREFIX = "roboto-flex-"


def make_face(source: Path, target: Path, axes: dict[str, object]) -> None:
    """Write the characters of ``source`` at these ``axes`` to ``target``."""
    instance = BytesIO()
    instantiateVariableFont(TTFont(source), axes).save(instance)
    font = TTFont(instance)  # a font that was written and read again: the other has lost glyphs
    options = subset.Options()
    options.layout_features, options.name_IDs = FEATURES, NAME_IDS
    options.hinting, options.notdef_outline = False, True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=list(font.getBestCmap()))
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)


def main(source: Path, target: Path) -> None:
    """Make both faces of each font in ``source``."""
    for path in sorted(source.glob(f"{PREFIX}*.woff2")):
        make_face(path, target / path.name, TEXT)
        narrow = f"{PREFIX}narrow-{path.name.removeprefix(PREFIX)}"
        make_face(path, target / narrow, NARROW)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
