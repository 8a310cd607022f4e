"""A song with clear bars: a kick on each beat, a new chord in each section."""

import numpy as np

from videos.render.audio.features import FRAME_DTYPE, Analysis

FPS = 30
BPM = 120.0
BAR_SECONDS = 4 * 60 / BPM


def song(*sections: tuple[int, float], lead: float = 0.5) -> Analysis:
    """Return the analysis of sections, each so many bars long and so loud where voices are.

    A section's loudness is its chord, too: those that are alike repeat each other.
    """
    bars = sum(count for count, _ in sections)
    frames = round((lead + bars * BAR_SECONDS) * FPS)
    levels = np.zeros((frames, 72), np.float32)
    bar = 0
    for count, fullness in sections:
        for _ in range(count):
            for beat in range(4):
                at = round((lead + bar * BAR_SECONDS + beat * 60 / BPM) * FPS)
                levels[at : at + 4, :9] += 0.9 if beat == 0 else 0.4
                levels[at : at + 3, 9:] += 0.2
            first = round((lead + bar * BAR_SECONDS) * FPS)
            last = round((lead + (bar + 1) * BAR_SECONDS) * FPS)
            chord = 18 + round(fullness * 20)
            levels[first:last, chord : chord + 12] += fullness
            bar += 1
    features = np.zeros(frames, FRAME_DTYPE)
    features["levels"] = np.minimum(levels, 1)
    return Analysis(features, frames / FPS, 48000, "stereo")
