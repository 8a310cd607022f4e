"""Songs with a known chorus, composed of the demo song: what a proposed hook is measured by."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import videos.demo
from videos.render.audio.decoding import decode_audio, mix_to_mono
from videos.render.audio.features import FRAME_DTYPE, Analysis
from videos.render.audio.spectrum import BANDS, Spectrum
from videos.render.lyrics import Line

Samples = NDArray[np.float32]

FPS = 30
DEMO = Path(videos.demo.__file__).parent
# The parts of the demo, in seconds
PARTS = {
    "intro": (0.2, 10.2),
    "verse": (10.2, 30.2),
    "lift": (30.2, 34.0),
    "chorus": (34.0, 55.2),
    "outro": (55.2, 70.0),
    "solo": (42.0, 54.0),
}
SECTIONS = {"verse": "Verse", "lift": "Pre-Chorus", "chorus": "Chorus"}
LINE_SECONDS = 5.0
# The songs: their parts, and how many decibels each is louder
SONGS: dict[str, list[tuple[str, float]]] = {
    "demo": [(part, 0.0) for part in ("intro", "verse", "lift", "chorus", "outro")],
    "twice": [
        *((part, 0.0) for part in ("intro", "verse", "lift", "chorus")),
        *((part, 0.0) for part in ("verse", "lift", "chorus", "outro")),
    ],
    "chorus first": [(part, 0.0) for part in ("chorus", "verse", "lift", "chorus", "outro")],
    "loud solo": [
        *((part, 0.0) for part in ("intro", "verse", "chorus", "verse", "chorus")),
        ("solo", 7.0),
    ],
    "loud verse": [
        *(("intro", 0.0), ("verse", 3.0), ("chorus", -2.0)),
        *(("verse", 3.0), ("chorus", -2.0), ("outro", 0.0)),
    ],
    "quiet end": [
        *((part, 0.0) for part in ("verse", "lift", "chorus", "verse", "lift", "chorus")),
        *(("intro", -6.0), ("outro", -6.0)),
    ],
}


@dataclass(frozen=True)
class Composed:
    """A song: its analysis, its lines with tags, and where its choruses begin and end."""

    analysis: Analysis
    lines: tuple[Line, ...]
    choruses: tuple[tuple[float, float], ...]

    def coverage(self, start: float, end: float) -> float:
        """Return how much of a clip is chorus: 1 for as much as one of its length could have."""
        return max(
            max(0.0, min(end, last) - max(start, first)) / min(end - start, last - first)
            for first, last in self.choruses
        )


def compose() -> dict[str, Composed]:
    """Return all songs by their names."""
    frames = list(decode_audio(DEMO / "lanterns.mp3"))
    rate = frames[0].sample_rate
    sound = np.concatenate([mix_to_mono(frame) for frame in frames])
    return {name: _compose(parts, sound, rate) for name, parts in SONGS.items()}


def _compose(parts: list[tuple[str, float]], sound: Samples, rate: int) -> Composed:
    noise = np.random.default_rng(3)
    pieces: list[Samples] = []
    lines: list[Line] = []
    choruses: list[tuple[float, float]] = []
    time = 0.0
    for number, (part, decibels) in enumerate(parts):
        start, end = PARTS[part]
        piece = sound[int(start * rate) : int(end * rate)]
        if part == "solo":
            piece = np.tanh(2.2 * piece[::-1])
        piece = piece * np.float32(10 ** (decibels / 20))
        if part in {part for part, _ in parts[:number]}:  # nobody sings the same twice
            piece = np.convolve(piece, [0.04, -0.08, 1, 0.06, 0.02], "same").astype(np.float32)
        pieces.append(piece + noise.standard_normal(len(piece)).astype(np.float32) * 0.004)
        length = len(piece) / rate
        if part == "chorus":
            choruses.append((time, time + length))
        lines += _lines(part, time, length)
        time += length
    whole = np.concatenate(pieces)
    return Composed(_analyse(whole, rate), tuple(lines), tuple(choruses))


def _lines(part: str, time: float, length: float) -> Iterator[Line]:
    """Yield the lines of a part: those of a verse differ each time, those of a chorus do not."""
    if part not in SECTIONS:
        return
    lead = 0.58 if part == "chorus" else 0.0
    count = max(1, int((length - lead) / LINE_SECONDS))
    for number in range(count):
        start = time + lead + number * LINE_SECONDS
        text = f"{part} line {number}" if part == "chorus" else f"{part} at {start:.0f} seconds"
        end = min(start + LINE_SECONDS, time + length)
        yield Line(start, end, text, section="" if number else SECTIONS[part])


def _analyse(sound: Samples, rate: int) -> Analysis:
    spectrum = Spectrum(rate, FPS, BANDS)
    levels = np.concatenate([spectrum.process(sound), spectrum.finish()])
    features = np.zeros(len(levels), FRAME_DTYPE)
    features["levels"] = levels
    return Analysis(features, len(sound) / rate, rate, "stereo")
