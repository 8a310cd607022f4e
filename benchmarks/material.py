"""Makes a song with lyrics and a cover, always the same, of any length."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from videos.render.audio.analysis import Analysis, analyse
from videos.render.lyrics import parse
from videos.render.options import Look
from videos.render.scene import Scene

RATE = 44_100
CHORD = (55.0, 110.0, 220.0, 277.2, 329.6, 880.0, 3520.0)  # hertz
BEAT_SECONDS, LINE_SECONDS = 0.5, 3  # from one beat and from one line to the next
DRIVE = 2.5  # how hard the song is driven: to -11 LUFS, as loud as pop songs are

WORDS = ("Lanterns", "over the water", "carry us", "slowly", "home again", "through the night")
COVER = Path(__file__).resolve().parents[1] / "videos" / "demo" / "cover.jpg"


@dataclass(frozen=True)
class Material:
    """The files and texts that a film is made from; it lasts ``seconds``."""

    song: Path
    lyrics: Path
    seconds: int
    cover: Path = COVER
    title: str = "Lanterns"
    author: str = "Mira Solène"
    domain: str = "music.example.com"
    backdrop: tuple[Path, ...] = ()

    def scene(self, look: Look) -> Scene:
        """Return the same scene as the command line makes of it."""
        lines = parse(self.lyrics.read_text(encoding="utf-8"), self.seconds)
        return Scene(
            self.song,
            self.cover,
            lines,
            self.title,
            self.author,
            self.domain,
            look=look,
            backdrop=self.backdrop,
        )

    def analysis(self, fps: int) -> Analysis:
        """Return the analysis of the song."""
        return analyse(self.song, fps, lambda _: None)


def make_material(folder: Path, seconds: int) -> Material:
    """Write a song of chords over a beat, and lyrics with a line every three seconds."""
    lyrics = folder / f"lyrics-{seconds}.lrc"
    lines = [
        f"[{second // 60:02}:{second % 60:02}.00]{_make_line(second)}"
        for second in range(0, seconds, LINE_SECONDS)
    ]
    lyrics.write_text("\n".join(lines), encoding="utf-8")
    song = folder / f"song-{seconds}.mp3"
    with av.open(str(song), "w") as container:
        stream = container.add_stream("libmp3lame", rate=RATE, layout="stereo")
        for number, samples in enumerate(_make_samples(seconds)):
            frame = av.AudioFrame.from_ndarray(samples, "fltp", "stereo")
            frame.sample_rate, frame.pts = RATE, number * RATE
            frame.time_base = Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return Material(song, lyrics, seconds)


def _make_line(second: int) -> str:
    first = second // LINE_SECONDS
    return " ".join(WORDS[(first + step) % len(WORDS)] for step in range(2 + first % 3))


def _make_samples(seconds: int) -> Iterator[NDArray[np.float32]]:
    """Yield the sound, a second at a time: (channels, samples)."""
    random = np.random.default_rng(3)
    for second in range(seconds):
        time = second + np.arange(RATE) / RATE
        chord = sum(np.sin(2 * np.pi * hertz * time) for hertz in CHORD)
        drum = random.standard_normal(RATE) * np.exp(-(time % BEAT_SECONDS) * 20)
        swell = 0.6 + 0.4 * np.sin(2 * time)
        sides = [0.07 * chord * swell + 0.2 * drum, 0.07 * chord * swell - 0.1 * drum]
        yield (0.9 * np.tanh(DRIVE * np.array(sides))).astype(np.float32)
