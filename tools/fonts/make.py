"""Makes the font files from published packages; the README.md beside them has the commands."""

import io
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.varLib.instancer import instantiateVariableFont

from videos.render.text import faces

DEBIAN = "usr/share/fonts/truetype/noto"

# The features for shaping, without stylistic sets, small capitals, vertical forms and the like.
EXCLUDED_FEATURES = {"frac", "numr", "dnom", "vert", "vrt2"}
FEATURES = [tag for tag in subset.Options().layout_features if tag not in EXCLUDED_FEATURES]
NAME_IDS = [0, 1, 2, 4, 5, 6, 13, 14]
# Ideographs outside the main block are included if one of these legacy encodings has them.
NATIONAL_SETS = ("big5hkscs", "shift_jisx0213", "gb2312", "johab")

Ranges = tuple[tuple[int, int], ...]  # of code points, inclusive
ALL: Ranges = ((0x20, 0x10FFFF),)
Limits = tuple[tuple[str, float], ...]  # variation axes that are pinned
BOLD: Limits = (("wght", 700),)


@dataclass(frozen=True)
class Source:
    """The package of a face, and the subset of it that is shipped."""

    package: str  # how the package's file name begins
    path: str  # inside the package
    keep: Ranges = ALL
    number: int = -1  # of the face inside a collection
    features: tuple[str, ...] = ()  # beside those that shaping needs
    limits: Limits = ()


def variable_face(
    script: str, style: str = "sans", keep: Ranges = ALL, limits: Limits = ()
) -> Source:
    """Return the variable Noto Sans, or Serif, of one script, as fontsource publishes it."""
    name = f"noto-{style}-{script}"
    path = f"package/files/{name}-{script}-wght-normal.woff2"
    return Source(f"fontsource-variable-{name}", path, keep, limits=limits)


def fontsource_face(script: str, style: str = "sans", weight: int = 700) -> Source:
    """Return the static Noto Sans, or Serif, of one script, as fontsource publishes it."""
    name = f"noto-{style}-{script}"
    return Source(f"fontsource-{name}", f"package/files/{name}-{script}-{weight}-normal.woff2")


def debian_face(name: str, *keep: tuple[int, int]) -> Source:
    """Return a static Noto face; without ``keep`` it has all characters except ASCII."""
    return Source("fonts-noto-core", f"{DEBIAN}/{name}.ttf", keep or ((0xA0, 0x10FFFF),))


def debian_faces(style: str, scripts: Iterable[str], weight: str) -> dict[str, Source]:
    """Return the static Noto ``style`` of ``scripts``, by the names of the files to make."""
    names = [f"Noto{style}{script}" for script in scripts]
    return {f"{name}.ttf": debian_face(f"{name}-{weight}") for name in names}


CJK: Ranges = (
    *((0x1100, 0x11FF), (0x2010, 0x2027), (0x2E80, 0x33FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3)),
    *((0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20BB7, 0x20BB7)),
)

# FreeType 2.14 raises "raster overflow" for it at every weight of the variable face but regular.
BASMALA = 0xFDFD

# Characters of Latin, Greek and Cyrillic that Inter does not have, and their marks.
EXTENDED: Ranges = (
    *((0x20, 0x7E), (0xA0, 0x8FF), (0x1AB0, 0x1AFF), (0x1C80, 0x2C7F), (0x2DE0, 0x2E7F)),
    *((0xA640, 0xA69F), (0xA700, 0xA7FF), (0xAB30, 0xAB6F), (0xFB00, 0xFB06)),
)

SOURCES = {
    "Inter.ttf": Source(
        "fontpkg_inter", "fontpkg_inter/files/Inter[opsz,wght].ttf", features=("tnum",)
    ),
    "NotoSans.ttf": Source(
        "fontpkg_noto_sans",
        "fontpkg_noto_sans/files/NotoSans[wdth,wght].ttf",
        EXTENDED,
        limits=(("wdth", 100),),
    ),
    "NotoSansArabic.ttf": variable_face(
        "arabic", keep=((0x20, BASMALA - 1), (BASMALA + 1, 0x10FFFF))
    ),
    "NotoSansArabicBasmala.ttf": debian_face("NotoSansArabic-Bold", (BASMALA, BASMALA)),
    "NotoSansHebrew.ttf": variable_face("hebrew"),
    "NotoSansDevanagari.ttf": variable_face("devanagari"),
    "NotoSansThai.ttf": variable_face("thai"),
    "NotoSansCJK.otf": Source(
        "fonts-noto-cjk_", "usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", CJK, number=2
    ),
    **debian_faces("Sans", (*faces.BOLD_SCRIPTS, *faces.RARE_BOLD_SCRIPTS), "Bold"),
    **debian_faces("Serif", faces.RARE_BOLD_SERIF_SCRIPTS, "Bold"),
    **debian_faces("Sans", faces.RARE_SCRIPTS, "Regular"),
    **debian_faces("Serif", faces.RARE_SERIF_SCRIPTS, "Regular"),
    "NotoSansSyriac.ttf": fontsource_face("syriac"),
    "NotoSansTangsa.ttf": fontsource_face("tangsa"),
    "NotoSansKawi.ttf": variable_face("kawi", limits=BOLD),
    "NotoSansNagMundari.ttf": variable_face("nag-mundari", limits=BOLD),
    "NotoSerifVithkuqi.ttf": variable_face("vithkuqi", "serif", limits=BOLD),
    "NotoSerifToto.ttf": fontsource_face("toto", "serif"),
    "NotoSansSunuwar.ttf": fontsource_face("sunuwar", weight=400),
    "NotoMusic.ttf": debian_face("NotoMusic-Regular"),
    "NotoSansSymbols.ttf": debian_face("NotoSansSymbols-Bold"),
    "NotoSansSymbols2.ttf": debian_face("NotoSansSymbols2-Regular"),
    "NotoSansMath.ttf": debian_face("NotoSansMath-Regular"),
    "NotoEmoji.ttf": Source(
        "expo-google-fonts-noto-emoji",
        "package/700Bold/NotoEmoji_700Bold.ttf",
        ((0x23, 0x10FFFF),),  # without its space, as wide as an emoji
    ),
    "NotoColorEmoji.ttf": Source("fonts-noto-color-emoji", f"{DEBIAN}/NotoColorEmoji.ttf"),
    "Playfair.ttf": Source(
        "expo-google-fonts-playfair-0",
        "package/700Bold/Playfair_700Bold.ttf",
        features=("tnum", "lnum"),
    ),
    "Oswald.ttf": Source(
        "expo-google-fonts-oswald", "package/700Bold/Oswald_700Bold.ttf", features=("tnum",)
    ),
    "Caveat.ttf": Source("expo-google-fonts-caveat", "package/700Bold/Caveat_700Bold.ttf"),
}


def read_member(package: Path, path: str) -> bytes:
    """Return one file of a wheel, an npm tarball or a Debian package."""
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as wheel:
            return wheel.read(path)
    tar = read_tar(package)
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        member = archive.extractfile(f"./{path}" if package.suffix == ".deb" else path)
        if member is None:
            raise FileNotFoundError(path)
        return member.read()


@lru_cache(maxsize=1)
def read_tar(package: Path) -> bytes:
    """Return the tar inside a Debian package, or an npm tarball as it is."""
    if package.suffix != ".deb":
        return package.read_bytes()
    command = ["dpkg-deb", "--fsys-tarfile", str(package)]
    return subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 (our own arguments)


def select_code_points(source: Source) -> set[int]:
    """Return the code points of the subset."""
    code_points = {
        code_point for first, last in source.keep for code_point in range(first, last + 1)
    }
    if source.keep is not CJK:
        return code_points
    rare_ideographs = [*range(0x3400, 0x4DC0), *range(0x20000, 0x32000)]
    return code_points | {
        code_point for code_point in rare_ideographs if is_in_national_set(chr(code_point))
    }


def is_in_national_set(character: str) -> bool:
    """Return whether any legacy East Asian encoding has ``character``."""
    return any(character.encode(encoding, "ignore") for encoding in NATIONAL_SETS)


def build_font(source: Source, downloads: Path) -> TTFont:
    """Return the font of ``source``, as the subset that the renderer draws."""
    (package,) = downloads.glob(f"{source.package}*")
    font = TTFont(io.BytesIO(read_member(package, source.path)), fontNumber=source.number)
    if source.limits:
        font = reload(instantiateVariableFont(font, dict(source.limits)))
    features = [*FEATURES, *source.features]
    options = subset.Options(layout_features=features, hinting=False, name_IDs=NAME_IDS)
    options.notdef_outline = options.passthrough_tables = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "STAT", "MATH"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=select_code_points(source))
    subsetter.subset(font)
    font["cmap"].tables = [build_cmap(font.getBestCmap())]
    font.flavor = None
    return font


def reload(font: TTFont) -> TTFont:
    """Return ``font`` saved and loaded again: the subsetter fails on the instancer's tables."""
    saved = io.BytesIO()
    font.save(saved)
    return TTFont(saved)


def build_cmap(mapping: dict[int, str]) -> CmapSubtable:
    """Return ``mapping`` as a format 12 subtable, whose groups ``faces.py`` reads as ranges."""
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.format, table.reserved, table.cmap = 12, 0, mapping
    return table


def main(downloads: Path, names: Iterable[str]) -> None:
    """Build the named files, or all of them."""
    for name in names or SOURCES:
        build_font(SOURCES[name], downloads).save(faces.FOLDER / name)
        print(f"{(faces.FOLDER / name).stat().st_size:>10,} {name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
