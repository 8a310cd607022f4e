"""Our own films, made as people make them, start-up and all: by the command line, or in the portal.

The portal has heard a song when it is chosen, and keeps the sound of its first film for the others.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter

from benchmarks.contest import Run
from benchmarks.material import Material
from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.sandbox.child_process import ROOT
from videos.render.sandbox.film_process import render_in_child
from videos.render.options import Look


def command(material: Material, look: Look, output: Path, processes: int) -> list[str]:
    """Return the command that makes the film of `material` at `output`."""
    options = {
        "--output": output,
        "--cover": material.cover,
        "--lyrics": material.lyrics,
        "--title": material.title,
        "--author": material.author,
        "--domain": material.domain,
        "--look": look.value,
        "--processes": processes,
    }
    words = [str(word) for pair in options.items() for word in pair]
    return [sys.executable, "-m", "videos.render", str(material.song), *words]


def first_in_portal(
    material: Material, look: Look, output: Path, processes: int, memory: AnalysisCache
) -> Run:
    """Make a film in a process of its own, of a song that `memory` knows but has no sound of."""
    for sound in memory.folder.glob("*.m4a"):
        sound.unlink()
    return next_in_portal(material, look, output, processes, memory)


def next_in_portal(
    material: Material, look: Look, output: Path, processes: int, memory: AnalysisCache
) -> Run:
    """Make a film in a process of its own, with what `memory` has of others of the song."""
    began, busy = perf_counter(), _children_busy()
    render_in_child(material.scene(look), output, processes=processes, cache=memory)
    return Run(perf_counter() - began, _children_busy() - busy)


def run_of(words: Sequence[str], folder: Path = ROOT) -> Run:
    """Run a command to its end and return what that took. Raises RuntimeError if it fails."""
    began, busy = perf_counter(), _children_busy()
    done = subprocess.run(words, cwd=folder, capture_output=True, check=False)  # noqa: S603 - ours
    run = Run(perf_counter() - began, _children_busy() - busy)
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace")[-600:]
        raise RuntimeError(f"{words[0]} ended with {done.returncode}: {last}")
    return run


def _children_busy() -> float:
    """Return the seconds that ended children and theirs kept processors busy for."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
