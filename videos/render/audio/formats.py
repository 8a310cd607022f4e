"""Tells formats of files by their first bytes, so that a refusal can name what a file is."""

import re

CONVERT = "Convert it to MP3, M4A, FLAC or WAV and use that."
UNPACK = "Unpack it and use the song that is in it."
CHOOSE = "Choose the file with the song's sound."
DOWNLOAD_AGAIN = "The download of the song did not work; download it again."

# How files begin that people take for songs: the position and the bytes.
SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"0&\xb2u\x8ef\xcf\x11", "a Windows Media file (WMA)", CONVERT),
    (0, b"\x0bw", "a Dolby Digital file (AC-3)", CONVERT),
    (0, b"\x7f\xfe\x80\x01", "a DTS file", CONVERT),
    (0, b"wvpk", "a WavPack file", CONVERT),
    (0, b"MAC ", "a Monkey's Audio file (APE)", CONVERT),
    (0, b"MPCK", "a Musepack file", CONVERT),
    (0, b"MP+", "a Musepack file", CONVERT),
    (0, b"TTA1", "a True Audio file (TTA)", CONVERT),
    (0, b"tBaK", "a TAK file", CONVERT),
    (0, b"DSD ", "a DSD file (DSF)", CONVERT),
    (0, b"FRM8", "a DSD file (DFF)", CONVERT),
    (0, b"caff", "a Core Audio file (CAF)", CONVERT),
    (0, b"riff.\x91\xcf\x11", "a Sony Wave64 file (W64)", CONVERT),
    (0, b"#!AMR", "an AMR voice recording", CONVERT),
    (0, b".snd", "a Sun audio file (AU)", CONVERT),
    (0, b".RMF", "a RealMedia file", CONVERT),
    (0, b"MThd", "a MIDI file (notes without sound)", CONVERT),
    (0, b"FLV\x01", "a Flash video", CONVERT),
    (8, b"AVI ", "an AVI video", CONVERT),
    (0, b"\x00\x00\x01\xba", "an MPEG video", CONVERT),
    (0, b"PK\x03\x04", "a ZIP archive", UNPACK),
    (0, b"Rar!", "a RAR archive", UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    (0, b"\x1f\x8b", "a gzip archive", UNPACK),
    (0, b"%PDF", "a PDF document", CHOOSE),
    (0, b"\x89PNG", "a PNG picture", CHOOSE),
    (0, b"\xff\xd8\xff", "a JPEG picture", CHOOSE),
    (0, b"GIF8", "a GIF picture", CHOOSE),
    (8, b"WEBP", "a WebP picture", CHOOSE),
    (0, b"#EXTM3U", "a playlist (it only names songs)", CHOOSE),
    (0, b"[playlist]", "a playlist (it only names songs)", CHOOSE),
)
WEB_PAGE = re.compile(rb"\s*(<!doctype html|<html|<head)", re.IGNORECASE)
# MPEG audio of layers I and II
LAYERS = re.compile(rb"\xff[\xf4-\xf7\xfc-\xff][\x10-\xef]")
PROTECTED = "This file is protected against copying (DRM), so that nothing can play it here."
UNSUPPORTED = "This is not an mp3, wav, flac, m4a or ogg file."

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
        return f"This is a web page, not a song. {DOWNLOAD_AGAIN}"
    for position, signature, name, advice in SIGNATURES:
        if start.startswith(signature, position):
            return f"This is {name}, which cannot be used. {advice}"
    if LAYERS.match(start):
        return f"This is an MPEG layer II file (MP2), which cannot be used. {CONVERT}"
    return ""


def unsupported_codec_message(codec: str) -> str:
    """Return the sentence for a file whose sound has the codec that FFmpeg calls ``codec``."""
    if not codec:
        return f"The sound in this file has no format that is supported here. {CONVERT}"
    name = "ADPCM" if codec.startswith("adpcm") else CODEC_NAMES.get(codec, codec.upper())
    return f"The sound in this file is {name}, which cannot be used. {CONVERT}"
