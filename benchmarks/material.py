"""A song with lyrics and a cover, always the same, as long as asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from videos.render.audio.analysis import Analysis, analyse
from videos.render.lyrics import parse
from videos.render.scene import Look, Scene

RATE = 44_100
CHORD = (55.0, 110.0, 220.0, 277.2, 329.6, 880.0, 3520.0)
BEAT = 0.5
EVERY = 3
"""Seconds from one beat and from one line to the next."""

LOUD = 2.5
"""How hard the song is driven: to -11 LUFS, as loud as pop songs are."""

WORDS = ("Lanterns", "over the water", "carry us", "slowly", "home again", "through the night")
COVER = Path(__file__).resolve().parents[1] / "videos" / "demo" / "cover.jpg"


@dataclass(frozen=True)
class Material:
    """What a film is made from, as files, and how many seconds it lasts."""

    song: Path
    lyrics: Path
    seconds: int
    cover: Path = COVER
    title: str = "Lanterns"
    author: str = "Mira Solène"
    domain: str = "music.example.com"

    def scene(self, look: Look) -> Scene:
        """Return what the command line makes of it."""
        lines = parse(self.lyrics.read_text(encoding="utf-8"), self.seconds)
        return Scene(self.song, self.cover, lines, self.title, self.author, self.domain, look=look)

    def analysis(self, fps: int) -> Analysis:
        """Return what is heard in the song."""
        return analyse(self.song, fps, lambda _: None)


def make_material(folder: Path, seconds: int) -> Material:
    """Write a song of chords over a beat, and lyrics with a line every three seconds."""
    lyrics = folder / f"lyrics-{seconds}.lrc"
    lines = [
        f"[{second // 60:02}:{second % 60:02}.00]{_line(second)}"
        for second in range(0, seconds, EVERY)
    ]
    lyrics.write_text("\n".join(lines), encoding="utf-8")
    song = folder / f"song-{seconds}.mp3"
    with av.open(str(song), "w") as container:
        stream = container.add_stream("libmp3lame", rate=RATE, layout="stereo")
        for number, samples in enumerate(_samples(seconds)):
            frame = av.AudioFrame.from_ndarray(samples, "fltp", "stereo")
            frame.sample_rate, frame.pts = RATE, number * RATE
            frame.time_base = Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return Material(song, lyrics, seconds)


def _line(second: int) -> str:
    place = second // EVERY
    return " ".join(WORDS[(place + step) % len(WORDS)] for step in range(2 + place % 3))


def _samples(seconds: int) -> Iterator[NDArray[np.float32]]:
    """Yield a second of sound after the other, (channels, samples)."""
    random = np.random.default_rng(3)
    for second in range(seconds):
        time = second + np.arange(RATE) / RATE
        chord = sum(np.sin(2 * np.pi * hertz * time) for hertz in CHORD)
        drum = random.standard_normal(RATE) * np.exp(-(time % BEAT) * 20)
        swell = 0.6 + 0.4 * np.sin(2 * time)
        sides = [0.07 * chord * swell + 0.2 * drum, 0.07 * chord * swell - 0.1 * drum]
        yield (0.9 * np.tanh(LOUD * np.array(sides))).astype(np.float32)
