"""The wave of a song, from its analysis in the cache: how loud it is at each moment."""

import numpy as np

from videos.media.analysis_cache import analysis_cache
from videos.models import Track
from videos.render.audio.features import Analysis
from videos.render.audio.file_tables import iterate_chunks
from videos.render.options import FPS

WAVE_RATE = 50  # values of a second
MAX_LEVEL = 255  # of a value: the loudest moments of the song
LOUD = (
    98  # percentile of the moments that fill the height: a single click does not flatten the rest
)


def song_wave(track: Track) -> bytes | None:
    """Return the peak of each fiftieth of a second, a byte each; None while it is not analysed."""
    analysis = analysis_cache().load_analysis(track.audio_digest, FPS)
    return None if analysis is None else compute_wave(analysis)


def compute_wave(analysis: Analysis) -> bytes:
    """Return the wave of an analysis: ``WAVE_RATE`` bytes for each second."""
    count = max(1, round(analysis.duration * WAVE_RATE))
    values = np.zeros(count, np.float32)
    first = 0
    for chunk in iterate_chunks(analysis.peaks):
        blocks = np.arange(first, first + len(chunk))
        slots = np.minimum(blocks * count // max(1, len(analysis.peaks)), count - 1)
        np.maximum.at(values, slots, chunk.astype(np.float32))
        first += len(chunk)
    loud = float(np.percentile(values, LOUD)) or float(values.max())
    if loud > 0:
        values *= MAX_LEVEL / loud
    return np.rint(np.minimum(values, MAX_LEVEL)).astype(np.uint8).tobytes()
