"""Writing a song as an MP3 file."""

from pathlib import Path
from typing import Final

import av
import numpy as np
from av.audio.frame import AudioFrame

from tools.demo_song.music.synth import SAMPLE_RATE, Signal

BIT_RATE: Final = 160_000
# LAME reduces the level by 5 %.
LAME_SCALE: Final = 0.95


def write_mp3(song: Signal, path: Path, tags: dict[str, str]) -> None:
    """Encode a stereo signal, ``(2, samples)``, with its tags (title, artist…)."""
    with av.open(str(path), "w", format="mp3") as file:
        file.metadata.update(tags)
        stream = file.add_stream("libmp3lame", rate=SAMPLE_RATE, layout="stereo")
        stream.bit_rate = BIT_RATE
        frame = AudioFrame.from_ndarray(
            np.ascontiguousarray(song / LAME_SCALE, dtype=np.float32),
            format="fltp",
            layout="stereo",
        )
        frame.sample_rate = SAMPLE_RATE
        frame.pts = 0
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
