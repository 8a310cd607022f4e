"""Names the formats that are taken for lyrics but are none we read, from their first bytes."""

import re

from videos.render.errors import gettext_noop as _

READABLE = _(
    "Lyrics are LRC, WebVTT, SRT, TTML, ASS, SBV, Suno's or Whisper's JSON, or plain text."
)
HEAD_LENGTH = 20_000  # characters that are looked at

_MAGIC_BYTES = (
    (b"%PDF-", _("a PDF document")),
    (b"{\\rtf", _("an RTF document")),
    (b"PK\x03\x04", _("a ZIP archive or an office document")),
    (b"\xd0\xcf\x11\xe0", _("a Word document")),
    (b"krc1", _("a KRC file (KuGou karaoke, encrypted)")),
    (b"\x98\x25\xb0\xac", _("a QRC file (QQ Music, encrypted)")),
    (b"MThd", _("a MIDI or karaoke (KAR) file")),
    (b"ID3", _("an MP3 file")),
    (b"fLaC", _("a FLAC file")),
    (b"OggS", _("an Ogg file")),
    (b"RIFF", _("a WAV, AVI or WebP file")),
    (b"\x89PNG", _("a PNG picture")),
    (b"\xff\xd8\xff", _("a JPEG picture")),
    (b"GIF8", _("a GIF picture")),
    (b"\x1f\x8b", _("a gzip archive")),
    (b"Rar!", _("a RAR archive")),
    (b"7z\xbc\xaf\x27\x1c", _("a 7-Zip archive")),
    (b"\x1aE\xdf\xa3", _("a Matroska or WebM file")),
    (b"SQLite format 3", _("an SQLite database")),
    (b"bplist", _("a property list")),
)

_HEADS = tuple(
    (re.compile(pattern, re.IGNORECASE | re.MULTILINE), name)
    for pattern, name in (
        (r"\A\s*\{\\rtf", _("an RTF document")),
        (r"\A\s*%PDF-", _("a PDF document")),
        (r"\A\s*%!PS", _("a PostScript document")),
        (r"\Akrc1", _("a KRC file (KuGou karaoke, encrypted)")),
        (r"\A\s*[0-9a-f]{200}", _("a QRC file (QQ Music, encrypted)")),
        (r"\A[^\n]{0,200}<QrcInfos|<QrcInfos", _("a QRC file (QQ Music karaoke)")),
        (r"\A\s*<SAMI[\s>]", _("a SAMI file")),
        (
            r"\A\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body)[\s>]",
            _("an HTML page"),
        ),
        (r"\A\s*<\?xml[^>]{0,200}>\s*(?:<!doctype html|<html)[\s>]", _("an HTML page")),
        (r"^[ \t]*\[[0-9]+,[0-9]+\][ \t]*<[0-9]+,[0-9]+,[0-9]+>", _("a KRC file (KuGou karaoke)")),
        (
            r"^[ \t]*\[[0-9]+,[0-9]+\][ \t]*\([0-9]+,[0-9]+,[0-9]+\)",
            _("a YRC file (NetEase karaoke)"),
        ),
        (r'\A\s*\{"t":[0-9]+,"c":\[', _("a YRC file (NetEase karaoke)")),
        (
            r"^[ \t]*\[[0-9]+,[0-9]+\][^\n]{0,200}\([0-9]+,[0-9]+\)",
            _("a QRC file (QQ Music karaoke)"),
        ),
        (r"^[ \t]*\[[0-9]?\][^\n(]{1,100}\([0-9]+,[0-9]+\)", _("an LYS file (Lyricify karaoke)")),
        (r"\A\s*(?:#[a-z0-9]+:[^\n]*\n)*#(?:BPM|MP3|GAP):", _("an UltraStar song")),
        (
            r"\A\s*(?:#[a-z0-9]+:[^\n]*\n\s*)+[:*FRG-] ?[0-9]+ [0-9]+ -?[0-9]+",
            _("an UltraStar song"),
        ),
        (r"\A\s*X:[ ]?[0-9]+\s*\n(?:.*\n){0,30}?K:", _("an ABC tune")),
        (r"\A\s*<!DOCTYPE\s+(?!tt\b)", _("an XML file")),
        (r"\A\s*Scenarist_SCC", _("an SCC caption file")),
        (r"\A\s*#EXTM3U", _("a playlist")),
        (
            r"\A\s*<(?:svg|score-partwise|score-timewise|rss|plist|smil|transcript)[\s>]",
            _("an XML file"),
        ),
        (r"\A\s*<\?xml(?![^\x00]{0,4000}<(?:\w+:)?tt[\s>])", _("an XML file")),
    )
)


def name_foreign_format(text: str) -> str:
    """Return the name of a text's format if that is none of lyrics, with its article; else ""."""
    head = text[:HEAD_LENGTH]
    return next((name for pattern, name in _HEADS if pattern.search(head)), "")


def name_foreign_data(data: bytes) -> str:
    """Return the name of a file's format if its first bytes are not those of text; else ""."""
    head = data[:16]
    if head[4:8] == b"ftyp":
        return _("an MP4 or M4A file")
    return next((name for magic, name in _MAGIC_BYTES if head.startswith(magic)), "")
