"""Files that once stopped the site."""

import io
import struct
import wave

from PIL import Image

from tests import media_files


def bomb() -> bytes:
    """Return a cover of 49 megapixels in 1.9 kB."""
    data = media_files.picture("WEBP", Image.new("L", (7000, 7000)), lossless=True)
    assert len(data) < 2000
    return data


def mp3_with_frames(count: int = 300_000) -> bytes:
    """Return an mp3 with so many frames of text before its sound, 5.9 MB."""
    frames = b"".join(
        b"TXXX" + (10).to_bytes(4) + bytes(3) + f"{n:08}".encode() + b"\0" for n in range(count)
    )
    size = bytes((len(frames) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\3\0\0" + size + frames + media_files.sound(".mp3", "libmp3lame")


def slow_wav() -> bytes:
    """Return 725 samples at 2 Hz: six minutes in 1.5 kB."""
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setparams((1, 2, 2, 0, "NONE", ""))
        file.writeframes(struct.pack("<h", 1000) * 725)
    return target.getvalue()
