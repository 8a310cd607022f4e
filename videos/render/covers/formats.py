"""The formats of pictures that are taken as covers, and the names of those that are not.

JPEG, PNG, WebP and AVIF are what covers are made and shared in. Each further decoder would be one
more program that reads strangers' bytes: GIF has 256 colours and is mostly there for a motion that
a cover loses, BMP and TIFF are steps of editing, and TIFF's decoder is the largest of all. These
and all others are refused by name.
"""

import re
from typing import NamedTuple

from videos.render.errors import gettext_noop as _


class PictureFormat(NamedTuple):
    """A format that is taken: its name, its suffixes, its media type, and how its files begin."""

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    signature: re.Pattern[bytes]

    @property
    def decoder(self) -> str:
        """The name by which Pillow calls its decoder."""
        return self.name.upper()


FORMATS = (
    PictureFormat("JPEG", (".jpg", ".jpeg", ".jfif"), "image/jpeg", re.compile(rb"\xff\xd8\xff")),
    PictureFormat("PNG", (".png", ".apng"), "image/png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    PictureFormat("WebP", (".webp",), "image/webp", re.compile(rb"RIFF.{4}WEBP", re.DOTALL)),
    PictureFormat(
        "AVIF",
        (".avif",),
        "image/avif",
        # The brand, or of a general one those that it is compatible with
        re.compile(rb".{4}ftyp(avi[fs]|m[is]f1.{4}(.{4}){0,10}avi[fs])", re.DOTALL),
    ),
)
# Those with transparency that people save logos in
LOGO_FORMATS = ("PNG", "WebP")
LOGO_ADVICE = _("Save it as PNG or WebP with a transparent background.")
UNREADABLE_LOGO = _("The logo cannot be read: its file is damaged or not whole. %(advice)s") % {
    "advice": LOGO_ADVICE
}
FORMAT_NAMES = f"{', '.join(each.name for each in FORMATS[:-1])} or {FORMATS[-1].name}"
# The value of the attribute of a file input
ACCEPT = ",".join(
    [*(suffix for each in FORMATS for suffix in each.suffixes),
     *(each.media_type for each in FORMATS)]
)  # fmt: skip

START = 2048  # bytes that tell a format

CONVERT = _("Save it as a JPEG, PNG, WebP or AVIF file and use that.")
UNPACK = _("Unpack it and use the picture that is in it.")
CHOOSE = _("Choose the file with the song's cover.")
DOWNLOAD_AGAIN = _("The download of the picture did not work; download it again.")

SVG = rb"(\xef\xbb\xbf)?\s*((<\?xml|<!--|<!doctype svg).*)?<svg[\s>]"
SOUND = rb"ID3|\xff[\xe2\xe3\xf0-\xf3\xf8-\xfb]|RIFF.{4}WAVE|fLaC|OggS|FORM.{4}AIF"

# How files begin that people take for covers, what they are, and what to do about it.
REFUSED: tuple[tuple[re.Pattern[bytes], str, str], ...] = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), name, advice)
    for pattern, name, advice in (
        (rb".{4}ftyp(hei|hev|m[is]f1)", _("a HEIC photo"), CONVERT),
        (rb".{4}ftypcrx ", _("a camera's raw file"), CONVERT),
        (rb".{4}ftyp(M4A|M4B)", _("an M4A file, a sound"), CHOOSE),
        (rb".{4}ftyp|.{4}(moov|mdat|wide)", _("a video"), CHOOSE),
        (rb"GIF8", _("a GIF picture"), CONVERT),
        (rb"BM.{4}\0\0\0\0", _("a BMP picture"), CONVERT),
        (rb"II\*\0.{4}CR|IIU\0|IIR[OS]|FUJIFILMCCD-RAW", _("a camera's raw file"), CONVERT),
        (rb"II\xbc", _("a JPEG XR picture"), CONVERT),
        (rb"II[*+]\0|MM\0[*+]", _("a TIFF picture or a camera's raw file"), CONVERT),
        (rb"\0\0\0\x0cJXL |\xff\x0a", _("a JPEG XL picture"), CONVERT),
        (rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51", _("a JPEG 2000 picture"), CONVERT),
        (rb"8BPS", _("a Photoshop file (PSD)"), CONVERT),
        (rb"%PDF", _("a PDF document"), CONVERT),
        (rb"%!PS|\xc5\xd0\xd3\xc6", _("a PostScript or Illustrator file"), CONVERT),
        (SVG, _("an SVG drawing"), CONVERT),
        (rb"\0\0[\x01\x02]\0.\0", _("an icon (ICO)"), CONVERT),
        (rb"icns", _("an icon (ICNS)"), CONVERT),
        (rb"gimp xcf", _("a GIMP file (XCF)"), CONVERT),
        (rb"\x76\x2f\x31\x01", _("an OpenEXR picture"), CONVERT),
        (rb"#\?RADIANCE|#\?RGBE", _("a Radiance picture (HDR)"), CONVERT),
        (rb"qoif", _("a QOI picture"), CONVERT),
        (rb"DDS ", _("a DDS picture"), CONVERT),
        (rb"P[1-7]\s", _("a Netpbm picture"), CONVERT),
        (rb"\xd7\xcd\xc6\x9a|\x01\0\0\0.{36} EMF", _("a Windows metafile (WMF or EMF)"), CONVERT),
        (rb"AT&TFORM", _("a DjVu document"), CONVERT),
        (rb"PK\x03\x04", _("a ZIP archive or an office document"), UNPACK),
        (rb"Rar!", _("a RAR archive"), UNPACK),
        (rb"7z\xbc\xaf\x27\x1c", _("a 7-Zip archive"), UNPACK),
        (rb"\x1f\x8b", _("a gzip archive"), UNPACK),
        (rb"\x1a\x45\xdf\xa3|RIFF.{4}AVI ", _("a video"), CHOOSE),
        (SOUND, _("a sound"), CHOOSE),
        (rb"(\xef\xbb\xbf)?\s*(<!doctype html|<html|<head)", _("a web page"), DOWNLOAD_AGAIN),
    )
)  # fmt: skip


def find_format(start: bytes) -> PictureFormat | None:
    """Return the format of a file that begins with ``start``, None if it is not taken."""
    return next((each for each in FORMATS if each.signature.match(start)), None)


def refusal(start: bytes) -> str:
    """Return the sentences that say what a file is that is not taken, and what to do about it."""
    if not start:
        return _("The cover cannot be read: its file is empty. Choose another one.")
    for pattern, name, advice in REFUSED:
        if pattern.match(start):
            return _("The cover cannot be read: it is %(name)s. %(advice)s") % {
                "name": name,
                "advice": advice,
            }
    return _(
        "The cover cannot be read: it is damaged or no JPEG, PNG, WebP or AVIF picture. Use "
        "another file."
    )
