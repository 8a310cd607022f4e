"""A cache of analyses and encoded sounds on disk, for further films and previews of a song."""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from videos.render.audio.features import FRAME_DTYPE, PEAK_DTYPE, Analysis, LoudnessMeasurement
from videos.render.audio.file_tables import iterate_chunks, open_table
from videos.render.audio.info import UNREADABLE
from videos.render.audio.spectrum import BANDS
from videos.render.audio.waveform import POINTS
from videos.render.errors import AudioError
from videos.render.files import remove_abandoned, write_atomically

# Raise this when a song is analysed in another way or its sound is encoded in another way.
CACHE_VERSION = 6
MAX_HEADER_BYTES = 1000

_DAMAGED_FILE_ERRORS = (OSError, ValueError, KeyError, TypeError, AttributeError)


def compute_digest(path: Path) -> str:
    """Return the digest of a song's content (BLAKE2b). Raises AudioError if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, partial(hashlib.blake2b, digest_size=16)).hexdigest()
    except OSError as error:
        raise AudioError(UNREADABLE) from error


@dataclass(frozen=True)
class AnalysisCache:
    """A folder of at most about ``max_bytes`` bytes; the least recently used files are evicted.

    Any number of processes may share it: files appear whole, and a missing one is made anew.
    """

    folder: Path
    max_bytes: int

    def load_analysis(self, digest: str, fps: int) -> Analysis | None:
        """Return the cached analysis of the song with that digest, None if there is none."""
        path = self.folder / _analysis_name(digest, fps)
        try:
            with path.open("rb") as file:
                header = json.loads(file.readline(MAX_HEADER_BYTES))
                start, frames, count = file.tell(), header.pop("frames"), header.pop("peaks")
                peaks_start = start + frames * FRAME_DTYPE.itemsize
                size = peaks_start + count * PEAK_DTYPE.itemsize
                if os.fstat(file.fileno()).st_size != size:
                    return None
                features = open_table(file, FRAME_DTYPE, start, frames)
                peaks = open_table(file, PEAK_DTYPE, peaks_start, count)
                _mark_used(file.fileno())
            loudness = LoudnessMeasurement(**header.pop("measure"))
            return Analysis(features, **header, loudness=loudness, peaks=peaks)
        except _DAMAGED_FILE_ERRORS:
            return None

    def has_analysis(self, digest: str, fps: int) -> bool:
        """Whether the analysis of the song with that digest is cached."""
        return (self.folder / _analysis_name(digest, fps)).exists()

    def store_analysis(self, digest: str, fps: int, analysis: Analysis) -> None:
        """Store the analysis of the song with that digest: a line of JSON, frames and peaks."""
        header = {
            "frames": analysis.frames,
            "peaks": len(analysis.peaks),
            "duration": analysis.duration,
            "sample_rate": analysis.sample_rate,
            "layout": analysis.layout,
            "silence": analysis.silence,
            "measure": asdict(analysis.loudness),
        }
        with self.store_files(_analysis_name(digest, fps)) as (path,), path.open("wb") as file:
            file.write(json.dumps(header).encode("ascii") + b"\n")
            for table in (analysis.features, analysis.peaks):
                for chunk in iterate_chunks(table):
                    file.write(chunk.tobytes())

    def find_files(self, *names: str) -> list[Path] | None:
        """Return the cached files of these ``names``, None if one of them is missing."""
        paths = [self.folder / name for name in names]
        if not all(path.exists() for path in paths):
            return None
        for path in paths:
            with suppress(OSError), path.open("rb") as file:
                _mark_used(file.fileno())
        return paths

    @contextmanager
    def store_files(self, *names: str) -> Iterator[list[Path]]:
        """Yield paths to write to; the files are stored under ``names`` if no error is raised."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        targets = [self.folder / name for name in names]
        with write_atomically(*targets, is_locked=True) as parts:
            yield parts
        self._evict()

    def _evict(self) -> None:
        """Remove what killed processes left, and the least recently used files beyond the limit."""
        files = []
        for entry in os.scandir(self.folder):
            with suppress(OSError):
                files.append((entry.stat().st_mtime, entry.stat().st_size, entry.path))
        size = 0
        for _used_at, bytes_, path in sorted(files, reverse=True):
            size += bytes_
            if path.endswith(".part"):
                remove_abandoned(Path(path))
            elif size > self.max_bytes:
                Path(path).unlink(missing_ok=True)


def _analysis_name(digest: str, fps: int) -> str:
    return f"{digest}-{fps}-{BANDS}-{POINTS}-v{CACHE_VERSION}.heard"


def _mark_used(descriptor: int) -> None:
    """Set the time of an open file: a child process may not set that of a name."""
    with suppress(OSError):
        os.utime(descriptor)
