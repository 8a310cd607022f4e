"""Makes the font files from published packages; the README.md beside them has the commands."""

import io
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.varLib.instancer import instantiateVariableFont

FOLDER = Path(__file__).resolve().parents[2] / "videos" / "render" / "text" / "fonts"
DEBIAN = "usr/share/fonts/truetype/noto"

# What shaping needs; stylistic sets, small capitals, vertical forms and the like are dropped.
DROPPED = {"frac", "numr", "dnom", "vert", "vrt2"}
FEATURES = [tag for tag in subset.Options().layout_features if tag not in DROPPED]
KEPT_NAMES = [0, 1, 2, 4, 5, 6, 13, 14]
# The legacy national sets say which ideographs outside the main block people really write.
NATIONAL_SETS = ("big5hkscs", "shift_jisx0213", "gb2312", "johab")


@dataclass(frozen=True)
class Source:
    """Where a face comes from and what is kept of it."""

    package: str  # how the package's file name begins
    path: str  # inside the package
    keep: tuple[tuple[int, int], ...] = ((0x20, 0x10FFFF),)  # inclusive ranges
    number: int = -1  # of the face inside a collection
    features: tuple[str, ...] = ()  # beside those that shaping needs
    limits: tuple[tuple[str, float], ...] = ()  # variation axes that are pinned


def fontsource(script: str) -> Source:
    """Return the variable Noto Sans of one script."""
    name = f"noto-sans-{script}"
    return Source(f"fontsource-variable-{name}", f"package/files/{name}-{script}-wght-normal.woff2")


def debian(name: str, *keep: tuple[int, int]) -> Source:
    """Return a static Noto face; without `keep` everything but ASCII stays."""
    return Source("fonts-noto-core", f"{DEBIAN}/{name}.ttf", keep or ((0xA0, 0x10FFFF),))


Ranges = tuple[tuple[int, int], ...]  # of code points, inclusive

CJK: Ranges = (
    *((0x1100, 0x11FF), (0x2010, 0x2027), (0x2E80, 0x33FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3)),
    *((0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20BB7, 0x20BB7)),
)

SCRIPTS = (
    *("Armenian", "Bengali", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Kannada", "Khmer"),
    *("Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu"),
)

# What Inter lacks of Latin, Greek and Cyrillic, and the marks that stand on them.
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
    "NotoSansArabic.ttf": fontsource("arabic"),
    "NotoSansHebrew.ttf": fontsource("hebrew"),
    "NotoSansDevanagari.ttf": fontsource("devanagari"),
    "NotoSansThai.ttf": fontsource("thai"),
    "NotoSansCJK.otf": Source(
        "fonts-noto-cjk_", "usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", CJK, number=2
    ),
    **{f"NotoSans{script}.ttf": debian(f"NotoSans{script}-Bold") for script in SCRIPTS},
    "NotoSansSymbols.ttf": debian("NotoSansSymbols-Bold"),
    "NotoSansSymbols2.ttf": debian("NotoSansSymbols2-Regular"),
    "NotoSansMath.ttf": debian("NotoSansMath-Regular"),
    "NotoEmoji.ttf": Source(
        "expo-google-fonts-noto-emoji",
        "package/700Bold/NotoEmoji_700Bold.ttf",
        ((0x23, 0x10FFFF),),  # without its space, as wide as an emoji
    ),
    "NotoColorEmoji.ttf": Source("fonts-noto-color-emoji", f"{DEBIAN}/NotoColorEmoji.ttf"),
    "Caveat.ttf": Source("expo-google-fonts-caveat", "package/700Bold/Caveat_700Bold.ttf"),
}


def read_member(package: Path, path: str) -> bytes:
    """Return one file of a wheel, an npm tarball or a Debian package."""
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as wheel:
            return wheel.read(path)
    if package.suffix == ".deb":
        command = ["dpkg-deb", "--fsys-tarfile", str(package)]
        tar = subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 (our own arguments)
        path = f"./{path}"
    else:
        tar = package.read_bytes()
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        member = archive.extractfile(path)
        if member is None:
            raise FileNotFoundError(path)
        return member.read()


def kept(source: Source) -> set[int]:
    """Return the code points that stay."""
    points = {point for first, last in source.keep for point in range(first, last + 1)}
    if source.keep is not CJK:
        return points
    others = [*range(0x3400, 0x4DC0), *range(0x20000, 0x32000)]
    return points | {point for point in others if in_national_set(chr(point))}


def in_national_set(character: str) -> bool:
    """Return whether any legacy East Asian encoding has `character`."""
    return any(character.encode(encoding, "ignore") for encoding in NATIONAL_SETS)


def make(source: Source, downloads: Path) -> TTFont:
    """Return the face of `source`, cut down to what the renderer draws."""
    (package,) = downloads.glob(f"{source.package}*")
    font = TTFont(io.BytesIO(read_member(package, source.path)), fontNumber=source.number)
    if source.limits:
        font = reread(instantiateVariableFont(font, dict(source.limits)))
    features = [*FEATURES, *source.features]
    options = subset.Options(layout_features=features, hinting=False, name_IDs=KEPT_NAMES)
    options.notdef_outline = options.passthrough_tables = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "STAT", "MATH"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=kept(source))
    subsetter.subset(font)
    font["cmap"].tables = [full_cmap(font.getBestCmap())]
    font.flavor = None
    return font


def reread(font: TTFont) -> TTFont:
    """Return `font` as saved and opened again: the subsetter trips over an instancer's tables."""
    saved = io.BytesIO()
    font.save(saved)
    return TTFont(saved)


def full_cmap(mapping: dict[int, str]) -> CmapSubtable:
    """Return `mapping` as a format 12 table, whose groups `fonts.py` reads as ranges."""
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.format, table.reserved, table.cmap = 12, 0, mapping
    return table


def main(downloads: Path, names: Iterable[str]) -> None:
    """Make the named files, or all of them."""
    for name in names or SOURCES:
        make(SOURCES[name], downloads).save(FOLDER / name)
        print(f"{(FOLDER / name).stat().st_size:>10,} {name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
