"""Names the formats that are taken for lyrics but are none we read, from their first bytes."""

import re

READABLE = "Lyrics are LRC, WebVTT, SRT, TTML, ASS, SBV, Suno's or Whisper's JSON, or plain text."
HEAD_LENGTH = 20_000  # characters that are looked at

_MAGIC_BYTES = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "a Word document"),
    (b"krc1", "a KRC file (KuGou karaoke, encrypted)"),
    (b"\x98\x25\xb0\xac", "a QRC file (QQ Music, encrypted)"),
    (b"MThd", "a MIDI or karaoke (KAR) file"),
    (b"ID3", "an MP3 file"),
    (b"fLaC", "a FLAC file"),
    (b"OggS", "an Ogg file"),
    (b"RIFF", "a WAV, AVI or WebP file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"bplist", "a property list"),
)

_HEADS = tuple(
    (re.compile(pattern, re.IGNORECASE | re.MULTILINE), name)
    for pattern, name in (
        (r"\A\s*\{\\rtf", "an RTF document"),
        (r"\A\s*%PDF-", "a PDF document"),
        (r"\A\s*%!PS", "a PostScript document"),
        (r"\Akrc1", "a KRC file (KuGou karaoke, encrypted)"),
        (r"\A\s*[0-9a-f]{200}", "a QRC file (QQ Music, encrypted)"),
        (r"\A[^\n]{0,200}<QrcInfos|<QrcInfos", "a QRC file (QQ Music karaoke)"),
        (r"\A\s*<SAMI[\s>]", "a SAMI file"),
        (r"\A\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body)[\s>]", "an HTML page"),
        (r"\A\s*<\?xml[^>]{0,200}>\s*(?:<!doctype html|<html)[\s>]", "an HTML page"),
        (r"^[ \t]*\[[0-9]+,[0-9]+\][ \t]*<[0-9]+,[0-9]+,[0-9]+>", "a KRC file (KuGou karaoke)"),
        (r"^[ \t]*\[[0-9]+,[0-9]+\][ \t]*\([0-9]+,[0-9]+,[0-9]+\)", "a YRC file (NetEase karaoke)"),
        (r'\A\s*\{"t":[0-9]+,"c":\[', "a YRC file (NetEase karaoke)"),
        (r"^[ \t]*\[[0-9]+,[0-9]+\][^\n]{0,200}\([0-9]+,[0-9]+\)", "a QRC file (QQ Music karaoke)"),
        (r"^[ \t]*\[[0-9]?\][^\n(]{1,100}\([0-9]+,[0-9]+\)", "an LYS file (Lyricify karaoke)"),
        (r"\A\s*(?:#[a-z0-9]+:[^\n]*\n)*#(?:BPM|MP3|GAP):", "an UltraStar song"),
        (r"\A\s*(?:#[a-z0-9]+:[^\n]*\n\s*)+[:*FRG-] ?[0-9]+ [0-9]+ -?[0-9]+", "an UltraStar song"),
        (r"\A\s*X:[ ]?[0-9]+\s*\n(?:.*\n){0,30}?K:", "an ABC tune"),
        (r"\A\s*<!DOCTYPE\s+(?!tt\b)", "an XML file"),
        (r"\A\s*Scenarist_SCC", "an SCC caption file"),
        (r"\A\s*#EXTM3U", "a playlist"),
        (
            r"\A\s*<(?:svg|score-partwise|score-timewise|rss|plist|smil|transcript)[\s>]",
            "an XML file",
        ),
        (r"\A\s*<\?xml(?![^\x00]{0,4000}<(?:\w+:)?tt[\s>])", "an XML file"),
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
        return "an MP4 or M4A file"
    return next((name for magic, name in _MAGIC_BYTES if head.startswith(magic)), "")
