"""Renders our own films as users do, including start-up: by the command line, or in the portal.

The portal has analysed a song when it is chosen, and caches the sound of its first film for others.
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
from videos.render.options import Look
from videos.render.sandbox.child_process import ROOT
from videos.render.sandbox.film_process import render_in_child


def render_clip_command(
    material: Material, look: Look, output: Path, processes: int, seconds: int
) -> list[str]:
    """Return the command that renders the hook of ``material`` for phones to ``output``."""
    options = ["--clip", str(seconds), "--format", "9:16", "--resolution", "1080"]
    return [*render_command(material, look, output, processes), *options]


def render_command(material: Material, look: Look, output: Path, processes: int) -> list[str]:
    """Return the command that renders the film of ``material`` to ``output``."""
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
    backdrop = ["--backdrop", *map(str, material.backdrop)] if material.backdrop else []
    return [sys.executable, "-m", "videos.render", str(material.song), *words, *backdrop]


def render_first_in_portal(
    material: Material, look: Look, output: Path, processes: int, cache: AnalysisCache
) -> Run:
    """Render a film in a child process, of a song that is analysed in ``cache`` without a sound."""
    for sound in cache.folder.glob("*.m4a"):
        sound.unlink()
    return render_next_in_portal(material, look, output, processes, cache)


def render_next_in_portal(
    material: Material, look: Look, output: Path, processes: int, cache: AnalysisCache
) -> Run:
    """Render a film in a child process, with what ``cache`` has of other films of the song."""
    began, busy = perf_counter(), _children_cpu_seconds()
    render_in_child(material.scene(look), output, processes=processes, cache=cache)
    return Run(perf_counter() - began, _children_cpu_seconds() - busy)


def run_command(command: Sequence[str], folder: Path = ROOT) -> Run:
    """Run a command to its end and return its times. Raises RuntimeError if it fails."""
    began, busy = perf_counter(), _children_cpu_seconds()
    result = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603 - ours
    run = Run(perf_counter() - began, _children_cpu_seconds() - busy)
    if result.returncode:
        last = result.stderr.decode("utf-8", "replace")[-600:]
        raise RuntimeError(f"{command[0]} ended with {result.returncode}: {last}")
    return run


def _children_cpu_seconds() -> float:
    """Return the seconds for which ended children and theirs kept processors busy."""
    usage = getrusage(RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
