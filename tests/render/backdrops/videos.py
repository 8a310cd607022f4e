"""Makes small videos of every kind that people upload."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

Draw = Callable[[int], np.ndarray]  # from the number of a frame to its RGB pixels


def blend(number: int, frames: int, size: tuple[int, int]) -> np.ndarray:
    """Return a ramp that goes once around in so many frames: its end meets its start."""
    width, height = size
    ramp = np.tile(np.linspace(0, 255, width, endpoint=False), (height, 1))
    pixels = np.stack([ramp, 255 - ramp, np.full_like(ramp, 90)], axis=2)
    return np.roll(pixels, round(number * width / frames), axis=1).astype(np.uint8)


def make_video(
    path: Path,
    *,
    size: tuple[int, int] = (128, 96),
    frames: int = 30,
    rate: int = 30,
    times: list[float] | None = None,
    draw: Draw | None = None,
    codec: str = "libx264",
    options: dict[str, str] | None = None,
    curve: int = 1,
    with_sound: bool = False,
    with_pictures: bool = True,
) -> Path:
    """Write a video; ``times`` are those of its frames, in seconds, where they are uneven."""
    draw = draw or (lambda number: blend(number, frames, size))
    container_format = {".webm": "webm", ".mov": "mov"}.get(path.suffix, "mp4")
    with av.open(str(path), "w", format=container_format) as film:
        if with_sound:
            sound = film.add_stream("aac", rate=44100, layout="mono")
        if with_pictures:
            stream = film.add_stream(codec, rate=rate, options=options or {})
            stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
            stream.codec_context.color_trc = curve
            if times:
                stream.codec_context.time_base = Fraction(1, 1000)
            for number in range(frames):
                frame = av.VideoFrame.from_ndarray(draw(number))
                seconds = times[number] if times else number / rate
                frame.pts, frame.time_base = round(seconds * 1000), Fraction(1, 1000)
                film.mux(stream.encode(frame))
            film.mux(stream.encode(None))
        if with_sound:
            for number in range(40):
                silence = av.AudioFrame.from_ndarray(
                    np.zeros((1, 1024), np.float32), "fltp", "mono"
                )
                silence.sample_rate, silence.pts = 44100, 1024 * number
                silence.time_base = Fraction(1, 44100)
                film.mux(sound.encode(silence))
            film.mux(sound.encode(None))
    return path


def turn(path: Path, quarters: int) -> Path:
    """Mark a video as one that a phone took while it was turned: write the matrix of its track."""
    data = bytearray(path.read_bytes())
    place = data.index(b"tkhd") + 4
    matrix = place + 4 + (32 if data[place] == 1 else 20) + 16
    one = 1 << 16
    cos, sin = {0: (1, 0), 1: (0, 1), 2: (-1, 0), 3: (0, -1)}[quarters]
    numbers = (cos * one, sin * one, 0, -sin * one, cos * one, 0, 0, 0, 1 << 30)
    data[matrix : matrix + 36] = b"".join(
        number.to_bytes(4, "big", signed=True) for number in numbers
    )
    path.write_bytes(data)
    return path
