"""Makes small songs and scenes to render."""

import os
import struct
import wave
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from videos.render.lyrics import Line
from videos.render.options import Sound, VideoFormat
from videos.render.scene import Scene

Samples = NDArray[np.float32]

CODECS = {
    "mp3": "libmp3lame",
    "wav": "pcm_s16le",
    "flac": "flac",
    "m4a": "aac",
    "ogg": "vorbis",
    "opus": "libopus",
}
CONTAINERS = {"m4a": "mp4", "opus": "ogg"}


def tone(seconds: float, rate: int = 44100, hertz: float = 440.0, volume: float = 0.4) -> Samples:
    time = np.arange(round(seconds * rate)) / rate
    return (volume * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def clicks(seconds: float, times: Sequence[float], rate: int = 44100) -> Samples:
    """Return silence with a burst of noise of 20 ms at each of ``times``."""
    samples = np.zeros(round(seconds * rate), np.float32)
    burst = np.random.default_rng(7).uniform(-0.9, 0.9, rate // 50).astype(np.float32)
    for time in times:
        start = round(time * rate)
        samples[start : start + len(burst)] = burst[: len(samples) - start]
    return samples


def music(seconds: float, rate: int = 44100) -> Samples:
    """Return chords over a beat, which move every bar."""
    time = np.arange(round(seconds * rate)) / rate
    chord = sum(np.sin(2 * np.pi * hertz * time) for hertz in (110, 220, 277, 330, 880, 3520))
    noise = np.random.default_rng(3).standard_normal(len(time)) * np.exp(-(time % 0.5) * 20)
    return (0.07 * chord * (0.6 + 0.4 * np.sin(2 * time)) + 0.2 * noise).astype(np.float32)


def write_song(path: Path, samples: Samples, rate: int = 44100, channels: int = 2) -> Path:
    """Write one channel of ``samples`` to all channels of ``path``, in the format of its suffix."""
    kind = path.suffix.removeprefix(".")
    layout = {1: "mono", 2: "stereo", 6: "5.1"}[channels]
    with av.open(str(path.absolute()), "w", format=CONTAINERS.get(kind, kind)) as container:
        options = {"strict": "experimental"}  # which FFmpeg calls its own Vorbis encoder
        stream = container.add_stream(CODECS[kind], rate=rate, layout=layout, options=options)
        for start in range(0, len(samples), rate):
            piece = np.tile(samples[start : start + rate], (channels, 1))
            frame = av.AudioFrame.from_ndarray(piece, "fltp", layout)
            frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def wav(form: int, bits: int, data: bytes, *chunks: bytes) -> bytes:
    """Return a WAV of one channel at 44.1 kHz with ``chunks`` before its ``data``."""
    width = bits // 8
    head = struct.pack("<4sIHHIIHH", b"fmt ", 16, form, 1, 44100, 44100 * width, width, bits)
    body = b"WAVE" + head + b"".join(chunks) + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def write_silent_wav(path: Path, seconds: int, rate: int = 8000) -> Path:
    """Write a long silent WAV, fast and without disk space: its zeros are a hole in the file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"")
    size = 2 * seconds * rate
    header = bytearray(path.read_bytes())
    header[4:8], header[40:44] = (36 + size).to_bytes(4, "little"), size.to_bytes(4, "little")
    path.write_bytes(header)
    os.truncate(path, 44 + size)
    return path


def lines(count: int, every: float = 2.0) -> tuple[Line, ...]:
    return tuple(
        Line(number * every, (number + 1) * every, f"This is line number {number}")
        for number in range(count)
    )


def scene(
    audio: Path,
    *,
    cover: Path | None = None,
    lyrics: tuple[Line, ...] = (),
    title: str = "Afterglow",
    author: str = "Mira Solène",
    domain_name: str = "music.example.com",
    form: VideoFormat = VideoFormat.WIDE,
    is_normalised: bool = True,
    model_name: str = "",
) -> Scene:
    return Scene(
        audio=audio,
        cover=cover,
        lyrics=lyrics,
        title=title,
        author=author,
        domain_name=domain_name,
        format=form,
        sound=Sound.NORMALISED if is_normalised else Sound.SOURCE,
        model_name=model_name,
    )
