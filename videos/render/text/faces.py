"""The font files that the renderer ships: their characters, fallback order, and loading."""

import struct
from bisect import bisect_right
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont, features

from videos.render.errors import RenderError
from videos.render.options import Typeface

FOLDER = Path(__file__).parent / "fonts"
NO_SHAPING = (
    "The library libfribidi is missing, without which no text can be drawn: on Debian and Ubuntu, "
    "apt install libfribidi0; on macOS, brew install fribidi."
)


class Weight(IntEnum):
    """The weight of text on OpenType's scale of 1 to 1000."""

    MEDIUM = 500
    BOLD = 700
    HEAVY = 800


@dataclass(frozen=True, eq=False)  # tuples of faces are looked up often: by identity that is fast
class Face:
    """A font file and the settings with which it looks as large and as dark as Inter beside it.

    ``axes`` are the file's variation axes in its order; a file without axes has one weight, bold
    if ``bold`` and regular otherwise. ``scale`` multiplies the size of the text.
    """

    file: str
    axes: tuple[str, ...] = ()
    scale: float = 1.0
    bold: bool = False

    def has_glyph(self, character: str) -> bool:
        """Return whether the face has a glyph for ``character``."""
        starts, ends = read_coverage(self.file)
        group = bisect_right(starts, ord(character)) - 1
        return group >= 0 and ord(character) <= ends[group]


INTER = Face("Inter.ttf", ("opsz", "wght"))
CJK = Face("NotoSansCJK.otf", scale=0.97, bold=True)
CAVEAT = Face("Caveat.ttf")
# They are bold, and stay so where other faces are thinned: their thin strokes would get lost.
PLAYFAIR, OSWALD = Face("Playfair.ttf", scale=1.1), Face("Oswald.ttf", scale=1.04)
MONOCHROME_EMOJI = Face("NotoEmoji.ttf", scale=0.93, bold=True)
COLOUR_EMOJI = Face("NotoColorEmoji.ttf")
COLOUR_EMOJI_SIZE = 109  # pixels an em: the one size in which the file holds its bitmaps

# Scripts by the weight of their file.
BOLD_SCRIPTS = (
    *("Armenian", "Bengali", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Kannada", "Khmer"),
    *("Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu"),
)
RARE_BOLD_SCRIPTS = (
    *("Adlam", "Balinese", "Bamum", "CanadianAboriginal", "Cham", "Cherokee", "HanifiRohingya"),
    *("Javanese", "Kawi", "KayahLi", "Lisu", "Medefaidrin", "MeeteiMayek", "NagMundari"),
    *("OlChiki", "SoraSompeng", "Sundanese", "Syriac", "TaiTham", "Tangsa", "Thaana"),
)
RARE_BOLD_SERIF_SCRIPTS = ("NyiakengPuachueHmong", "Tibetan", "Toto", "Vithkuqi", "Yezidi")
RARE_SCRIPTS = (
    *("AnatolianHieroglyphs", "Avestan", "BassaVah", "Batak", "Bhaiksuki", "Brahmi", "Buginese"),
    *("Buhid", "Carian", "CaucasianAlbanian", "Chakma", "Coptic", "Cuneiform", "Cypriot"),
    *("Deseret", "Duployan", "EgyptianHieroglyphs", "Elbasan", "Elymaic", "Glagolitic", "Gothic"),
    *("Grantha", "GunjalaGondi", "Hanunoo", "Hatran", "ImperialAramaic"),
    *("InscriptionalPahlavi", "InscriptionalParthian", "Kaithi", "Kharoshthi", "Khojki"),
    *("Khudawadi", "Lepcha", "Limbu", "LinearA", "LinearB", "Lycian", "Lydian", "Mahajani"),
    *("Mandaic", "Manichaean", "Marchen", "MasaramGondi", "MendeKikakui", "Meroitic", "Miao"),
    *("Modi", "Mongolian", "Mro", "Multani", "NKo", "Nabataean", "NewTaiLue", "Newa", "Nushu"),
    *("Ogham", "OldHungarian", "OldItalic", "OldNorthArabian", "OldPermic", "OldPersian"),
    *("OldSogdian", "OldSouthArabian", "OldTurkic", "Osage", "Osmanya", "PahawhHmong"),
    *("Palmyrene", "PauCinHau", "PhagsPa", "Phoenician", "PsalterPahlavi", "Rejang", "Runic"),
    *("Samaritan", "Saurashtra", "Sharada", "Shavian", "Siddham", "Sogdian", "Soyombo"),
    *("Sunuwar", "SylotiNagri", "Tagalog", "Tagbanwa", "TaiLe", "TaiViet", "Takri"),
    *(
        "TamilSupplement",
        "Tifinagh",
        "Tirhuta",
        "Ugaritic",
        "Vai",
        "Wancho",
        "WarangCiti",
        "Yi",
        "ZanabazarSquare",
    ),
)
RARE_SERIF_SCRIPTS = ("Ahom", "Dogra")

# The font fallback order: the first face with a glyph for a character draws it.
FACES = (
    INTER,
    Face("NotoSans.ttf", ("wght",)),
    Face("NotoSansArabic.ttf", ("wght",), scale=1.07),
    Face("NotoSansHebrew.ttf", ("wght",), scale=1.04),
    Face("NotoSansDevanagari.ttf", ("wght",), scale=1.04),
    Face("NotoSansThai.ttf", ("wght",), scale=1.06),
    CJK,
    *(Face(f"NotoSans{name}.ttf", bold=True) for name in BOLD_SCRIPTS),
    Face("NotoSansSymbols.ttf", bold=True),
    Face("NotoSansSymbols2.ttf"),
    Face("NotoSansMath.ttf"),
    MONOCHROME_EMOJI,
    # U+FDFD alone, whose outline FreeType cannot draw in the variable face.
    Face("NotoSansArabicBasmala.ttf", scale=1.07, bold=True),
    *(Face(f"NotoSans{name}.ttf", bold=True) for name in RARE_BOLD_SCRIPTS),
    *(Face(f"NotoSerif{name}.ttf", bold=True) for name in RARE_BOLD_SERIF_SCRIPTS),
    *(Face(f"NotoSans{name}.ttf") for name in RARE_SCRIPTS),
    *(Face(f"NotoSerif{name}.ttf") for name in RARE_SERIF_SCRIPTS),
    Face("NotoMusic.ttf"),
)


# The faces of a film by its typeface: scripts that its own face does not have look as always.
TYPEFACES = {
    Typeface.SANS: FACES,
    Typeface.SERIF: (PLAYFAIR, *FACES),
    Typeface.CONDENSED: (OSWALD, *FACES),
}


@cache
def read_coverage(file: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the first and the last code points of the ranges in the font's cmap table.

    The shipped files have one cmap subtable of format 12, whose groups are such ranges. To read it
    takes a fraction of a millisecond; to import fontTools takes a tenth of a second. Raises
    ValueError for another format.
    """
    with (FOLDER / file).open("rb") as stream:
        (tables,) = struct.unpack(">4xH6x", stream.read(12))
        directory = struct.iter_unpack(">4sIII", stream.read(16 * tables))
        start = next(offset for tag, _, offset, _ in directory if tag == b"cmap")
        stream.seek(start + 8)
        (subtable,) = struct.unpack(">I", stream.read(4))
        stream.seek(start + subtable)
        cmap_format, groups = struct.unpack(">H10xI", stream.read(16))
        if cmap_format != 12:
            raise ValueError(f"{file} has a cmap of format {cmap_format}, not 12.")
        ranges = list(struct.iter_unpack(">III", stream.read(12 * groups)))
    return tuple(first for first, _, _ in ranges), tuple(last for _, last, _ in ranges)


def can_shape() -> bool:
    """Return whether this machine can draw text.

    Pillow brings raqm, but not the small library that raqm finds the order of letters with.
    """
    return bool(features.check("raqm"))


@lru_cache(maxsize=128)
def load_font(face: Face, pixels: int, weight: Weight, optical_size: int) -> ImageFont.FreeTypeFont:
    """Return the font of ``face`` at ``pixels`` an em, drawn for the ``optical_size`` in pixels.

    Raises RenderError on a machine that cannot draw text.
    """
    if not can_shape():
        raise RenderError(NO_SHAPING)
    font = ImageFont.truetype(FOLDER / face.file, pixels, layout_engine=ImageFont.Layout.RAQM)
    if face.axes:
        values = {"opsz": min(32, max(14, optical_size)), "wght": weight}
        font.set_variation_by_axes([values[axis] for axis in face.axes])
    return font
