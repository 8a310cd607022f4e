"""Small real media files, generated in memory."""

import io
import math
import struct
import wave
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
from PIL import Image


@cache
def wav(seconds: float = 1.0, rate: int = 8000) -> bytes:
    """Return a 440 Hz tone as a WAV file, mono, 16 bits."""
    count = int(seconds * rate)
    samples = (int(8000 * math.sin(2 * math.pi * 440 * i / rate)) for i in range(count))
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return target.getvalue()


@cache
def sound(
    suffix: str, codec: str, title: str = "", seconds: float = 1.0, muxer: str | None = None
) -> bytes:
    """Return a tone as a file that ends in ``suffix``, with ``title`` in its tags.

    ``muxer`` is FFmpeg's name of the format where the suffix does not tell it.
    """
    rate = 48000
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"tone{suffix}"
        with av.open(str(path), "w", format=muxer) as output:
            output.metadata["title"] = title
            options = {"strict": "experimental"}  # which FFmpeg calls its own Vorbis encoder
            stream = output.add_stream(codec, rate=rate, layout="stereo", options=options)
            sine = np.sin(2 * np.pi * 440 * np.arange(int(rate * seconds)) / rate)
            samples = np.tile((sine * 0.3).astype(np.float32), (2, 1))
            frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="stereo")
            frame.sample_rate = rate
            for chunk in (*_resample(frame, stream), None):
                output.mux(stream.encode(chunk))
        return path.read_bytes()


def _resample(frame: av.AudioFrame, stream: av.AudioStream) -> list[av.AudioFrame]:
    context = stream.codec_context
    context.open()
    resampler = av.AudioResampler(
        format=context.format, layout="stereo", rate=48000, frame_size=context.frame_size or 1024
    )
    return [*resampler.resample(frame), *resampler.resample(None)]


@cache
def mp4(width: int = 64, height: int = 36, frames: int = 30, rate: int = 30) -> bytes:
    """Return a silent film whose frames are grey, each brighter than the one before."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        with av.open(str(path), "w", options={"movflags": "+faststart"}) as output:
            stream = output.add_stream("libx264", rate=rate)
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            for number in range(frames):
                picture = np.full((height, width, 3), 8 * number % 256, dtype=np.uint8)
                output.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            output.mux(stream.encode())
        return path.read_bytes()


@cache
def film_with_index_at_its_end() -> bytes:
    """Return a film with sound, as muxers write it that nobody tells otherwise."""
    target = io.BytesIO()
    with av.open(target, "w", "mp4") as output:
        video = output.add_stream("libx264", rate=30)
        video.width, video.height, video.pix_fmt = 64, 36, "yuv420p"
        sound = output.add_stream("aac", rate=48000, layout="mono")
        for number in range(30):
            picture = np.full((36, 64, 3), 8 * number % 256, dtype=np.uint8)
            output.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        for number in range(40):
            samples = np.zeros((1, 1024), dtype=np.float32)
            frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 48000, number * 1024
            frame.time_base = Fraction(1, 48000)
            output.mux(sound.encode(frame))
        output.mux(video.encode())
        output.mux(sound.encode())
    return target.getvalue()


@cache
def jpeg(width: int = 32, height: int = 32, colour: str = "#4466aa") -> bytes:
    """Return a JPEG of one colour."""
    return picture("JPEG", Image.new("RGB", (width, height), colour))


def picture(format: str, image: Image.Image, **options: object) -> bytes:
    """Return ``image`` as a file of ``format``."""
    target = io.BytesIO()
    image.save(target, format, **options)
    return target.getvalue()
