"""Tells formats of files by their first bytes, so that a refusal can name what a file is."""

import re

from videos.render.errors import gettext_noop as _

CONVERT = _("Convert it to MP3, M4A, FLAC or WAV and use that.")
UNPACK = _("Unpack it and use the song that is in it.")
CHOOSE = _("Choose the file with the song's sound.")
DOWNLOAD_AGAIN = _("The download of the song did not work; download it again.")

# How files begin that people take for songs: the position and the bytes.
SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"0&\xb2u\x8ef\xcf\x11", _("a Windows Media file (WMA)"), CONVERT),
    (0, b"\x0bw", _("a Dolby Digital file (AC-3)"), CONVERT),
    (0, b"\x7f\xfe\x80\x01", _("a DTS file"), CONVERT),
    (0, b"wvpk", _("a WavPack file"), CONVERT),
    (0, b"MAC ", _("a Monkey's Audio file (APE)"), CONVERT),
    (0, b"MPCK", _("a Musepack file"), CONVERT),
    (0, b"MP+", _("a Musepack file"), CONVERT),
    (0, b"TTA1", _("a True Audio file (TTA)"), CONVERT),
    (0, b"tBaK", _("a TAK file"), CONVERT),
    (0, b"DSD ", _("a DSD file (DSF)"), CONVERT),
    (0, b"FRM8", _("a DSD file (DFF)"), CONVERT),
    (0, b"caff", _("a Core Audio file (CAF)"), CONVERT),
    (0, b"riff.\x91\xcf\x11", _("a Sony Wave64 file (W64)"), CONVERT),
    (0, b"#!AMR", _("an AMR voice recording"), CONVERT),
    (0, b".snd", _("a Sun audio file (AU)"), CONVERT),
    (0, b".RMF", _("a RealMedia file"), CONVERT),
    (0, b"MThd", _("a MIDI file (notes without sound)"), CONVERT),
    (0, b"FLV\x01", _("a Flash video"), CONVERT),
    (8, b"AVI ", _("an AVI video"), CONVERT),
    (0, b"\x00\x00\x01\xba", _("an MPEG video"), CONVERT),
    (0, b"PK\x03\x04", _("a ZIP archive"), UNPACK),
    (0, b"Rar!", _("a RAR archive"), UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", _("a 7-Zip archive"), UNPACK),
    (0, b"\x1f\x8b", _("a gzip archive"), UNPACK),
    (0, b"%PDF", _("a PDF document"), CHOOSE),
    (0, b"\x89PNG", _("a PNG picture"), CHOOSE),
    (0, b"\xff\xd8\xff", _("a JPEG picture"), CHOOSE),
    (0, b"GIF8", _("a GIF picture"), CHOOSE),
    (8, b"WEBP", _("a WebP picture"), CHOOSE),
    (0, b"#EXTM3U", _("a playlist (it only names songs)"), CHOOSE),
    (0, b"[playlist]", _("a playlist (it only names songs)"), CHOOSE),
)
WEB_PAGE = re.compile(rb"\s*(<!doctype html|<html|<head)", re.IGNORECASE)
# MPEG audio of layers I and II
LAYERS = re.compile(rb"\xff[\xf4-\xf7\xfc-\xff][\x10-\xef]")
PROTECTED = _("This file is protected against copying (DRM), so that nothing can play it here.")
UNSUPPORTED = _("This is not an mp3, wav, flac, m4a or ogg file.")

# What FFmpeg's short names of codecs mean that people meet in files of supported containers.
CODEC_NAMES = {
    "ac3": "Dolby Digital (AC-3)",
    "eac3": "Dolby Digital Plus (E-AC-3)",
    "ac4": "Dolby AC-4",
    "truehd": "Dolby TrueHD",
    "dts": "DTS",
    "dca": "DTS",
    "mp2": "MPEG layer II (MP2)",
    "mp2float": "MPEG layer II (MP2)",
    "mp1": "MPEG layer I (MP1)",
    "mp1float": "MPEG layer I (MP1)",
    "speex": "Speex",
    "libspeex": "Speex",
    "wmav1": "Windows Media Audio",
    "wmav2": "Windows Media Audio",
    "wmapro": "Windows Media Audio",
    "amrnb": "AMR",
    "amrwb": "AMR",
    "mace3": "MACE",
    "mace6": "MACE",
}


def unsupported_message(start: bytes) -> str:
    """Return the sentence that names the format of a file that begins with ``start``.

    It is "" if the format is not known as one that cannot be used.
    """
    if WEB_PAGE.match(start):
        return _("This is a web page, not a song. %(advice)s") % {"advice": DOWNLOAD_AGAIN}
    for position, signature, name, advice in SIGNATURES:
        if start.startswith(signature, position):
            return _refused(name, advice)
    if LAYERS.match(start):
        return _refused(_("an MPEG layer II file (MP2)"), CONVERT)
    return ""


def unsupported_codec_message(codec: str) -> str:
    """Return the sentence for a file whose sound has the codec that FFmpeg calls ``codec``."""
    if not codec:
        text = _("The sound in this file has no format that is supported here. %(advice)s")
        return text % {"advice": CONVERT}
    name = "ADPCM" if codec.startswith("adpcm") else CODEC_NAMES.get(codec, codec.upper())
    text = _("The sound in this file is %(name)s, which cannot be used. %(advice)s")
    return text % {"name": name, "advice": CONVERT}


def _refused(name: str, advice: str) -> str:
    words = {"name": name, "advice": advice}
    return _("This is %(name)s, which cannot be used. %(advice)s") % words
