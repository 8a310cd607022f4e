"""What was heard in songs, kept on disk: films and previews of a song need not hear it again."""

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from videos.render.audio.analysis import FRAME, Analysis, analyse
from videos.render.audio.decoding import LONGEST, UNREADABLE, AudioError
from videos.render.audio.loudness import Measure
from videos.render.audio.row_files import pieces, rows_of
from videos.render.audio.spectrum import BANDS
from videos.render.audio.true_peaks import PEAK
from videos.render.audio.waveform import POINTS
from videos.render.files import whole

VERSION = 4
"""To be raised when a song is heard in another way or its sound is made in another."""

HALF_DONE = 3600.0
"""Seconds after which an unfinished file was left by a process that was killed."""

LONGEST_HEADER = 1000

_UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError)


def digest_of(path: Path) -> str:
    """Return what tells the content of a song from that of every other.

    Raises AudioError if it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, partial(hashlib.blake2b, digest_size=16)).hexdigest()
    except OSError as error:
        raise AudioError(UNREADABLE) from error


@dataclass(frozen=True)
class Memory:
    """A folder of at most about `most` bytes: what was not needed for the longest goes first.

    Any number of processes may share it: files appear whole, and a missing one is made anew.
    """

    folder: Path
    most: int

    def analysis(self, digest: str, fps: int) -> Analysis | None:
        """Return what was heard in the song with that digest, None where that is not known."""
        path = self.folder / _analysis_name(digest, fps)
        try:
            with path.open("rb") as file:
                told = json.loads(file.readline(LONGEST_HEADER))
                start, frames, peaks = file.tell(), told.pop("frames"), told.pop("peaks")
                middle = start + frames * FRAME.itemsize
                if os.fstat(file.fileno()).st_size != middle + peaks * PEAK.itemsize:
                    return None
                heard = rows_of(file, FRAME, start, frames)
                heights = rows_of(file, PEAK, middle, peaks)
            _used(path)
            told["measure"] = Measure(**told["measure"])
            return Analysis(heard, **told, peaks=heights)
        except _UNREADABLE:
            return None

    def knows(self, digest: str, fps: int) -> bool:
        """Whether it is known what was heard in the song with that digest."""
        return (self.folder / _analysis_name(digest, fps)).exists()

    def keep_analysis(self, digest: str, fps: int, analysis: Analysis) -> None:
        """Keep what was heard in the song with that digest: a line of JSON, frames and peaks."""
        told = {
            "frames": analysis.frames,
            "peaks": len(analysis.peaks),
            "duration": analysis.duration,
            "sample_rate": analysis.sample_rate,
            "layout": analysis.layout,
            "measure": asdict(analysis.measure),
        }
        with self.keeping(_analysis_name(digest, fps)) as (path,), path.open("wb") as file:
            file.write(json.dumps(told).encode("ascii") + b"\n")
            for rows in (analysis.heard, analysis.peaks):
                for piece in pieces(rows):
                    file.write(piece.tobytes())

    def find(self, *names: str) -> list[Path] | None:
        """Return the files that are kept under `names`, None where one of them is missing."""
        paths = [self.folder / name for name in names]
        if not all(path.exists() for path in paths):
            return None
        for path in paths:
            _used(path)
        return paths

    @contextmanager
    def keeping(self, *names: str) -> Iterator[list[Path]]:
        """Yield where to write what is to be kept under `names` once all is well."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with whole(*(self.folder / name for name in names)) as parts:
            yield parts
        self._forget()

    def _forget(self) -> None:
        """Remove what was not needed for the longest, until the rest is small enough."""
        kept = []
        for entry in os.scandir(self.folder):
            with suppress(OSError):
                kept.append((entry.stat().st_mtime, entry.stat().st_size, entry.path))
        size = 0
        for used_at, bytes_, path in sorted(kept, reverse=True):
            size += bytes_
            is_part = path.endswith(".part")
            if size > self.most if not is_part else used_at < time.time() - HALF_DONE:
                Path(path).unlink(missing_ok=True)


def recall(
    audio: Path,
    fps: int,
    memory: Memory,
    on_fraction: Callable[[float], None],
    longest: float = LONGEST,
) -> tuple[Analysis, str]:
    """Return what is heard in a song, from `memory` if it was heard before, and its digest.

    Raises like `analyse`.
    """
    digest = digest_of(audio)
    analysis = memory.analysis(digest, fps)
    if analysis is None or analysis.duration >= longest:
        analysis = analyse(audio, fps, on_fraction, longest)
        with suppress(OSError):  # a full disk: it will be heard again
            memory.keep_analysis(digest, fps, analysis)
    return analysis, digest


def _analysis_name(digest: str, fps: int) -> str:
    return f"{digest}-{fps}-{BANDS}-{POINTS}-v{VERSION}.heard"


def _used(path: Path) -> None:
    with suppress(OSError):
        os.utime(path)
