"""`python -m benchmarks.render`: the renderer's speed, memory, size and quality, in one run.

Rivals are tried where they are found: the ffmpeg binary, and moviepy and seewav in the Python that
`--rivals` names. They make the first seconds only, since they are slow.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from benchmarks.contest import Result, Run, Way, run_in_turn
from benchmarks.floor import floor
from benchmarks.material import Material, make_material
from benchmarks.memory import peak
from benchmarks.ours import command, first_in_portal, next_in_portal, run_of
from benchmarks.quality import quality
from benchmarks.rivals.found import rivals
from benchmarks.table import table
from videos.render.audio.analysis_cache import Memory, recall
from videos.render.scene import FPS, Look

TIMES = 3
RIVAL_SECONDS = 20
QUALITY_SECONDS = 30
MOST_KEPT = 10**10
"""Bytes of what was heard in songs: none of it is to go."""

LONG = (60, 3600)
"""Seconds of the films whose memory is compared."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all, print the table or JSON and return the exit code."""
    wanted = _parser().parse_args(arguments)
    with TemporaryDirectory(prefix="benchmark-") as folder:
        results = _measure(wanted, Path(folder))
    rows = [result.row(results) for result in results.values()]
    report = {"machine": _machine(), "processes": wanted.processes, "ways": rows}
    print(json.dumps(report, indent=1) if wanted.json else f"{_machine()}\n\n{table(rows)}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.render", description=__doc__)
    parser.add_argument("--seconds", type=int, default=180, help="of the song (180)")
    parser.add_argument("--times", type=int, default=TIMES, help="each way is run (3)")
    parser.add_argument("--processes", type=int, default=2, help="that draw side by side (2)")
    parser.add_argument(
        "--look", choices=list(Look), action="append", help="one or several (all)", dest="looks"
    )
    parser.add_argument("--rivals", default="", help="a Python with moviepy or seewav")
    parser.add_argument("--ffmpeg", default=which("ffmpeg") or "", help="the binary (the path's)")
    parser.add_argument("--long", action="store_true", help="also the memory of an hour")
    parser.add_argument("--json", action="store_true", help="instead of a table")
    return parser


def _measure(wanted: argparse.Namespace, folder: Path) -> dict[str, Result]:
    material = make_material(folder, wanted.seconds)
    looks = [Look(look) for look in wanted.looks or list(Look)]
    memory = Memory(folder / "heard", most=MOST_KEPT)
    analysis, _ = recall(material.song, FPS, memory, lambda _: None)
    ways: dict[str, Way] = {}
    results: dict[str, Result] = {}
    for look in looks:
        film, further = folder / f"{look}.mp4", folder / f"{look}-in-the-portal.mp4"
        in_portal = (material, look, further, wanted.processes, memory)
        scene = material.scene(look)
        of_look = {
            f"ours, {look}": partial(_ours, material, look, film, wanted.processes),
            f"in the portal, {look}": partial(first_in_portal, *in_portal),
            f"another of the song, {look}": partial(next_in_portal, *in_portal),
            f"floor, {look}": partial(floor, scene, analysis, wanted.processes),
        }
        ways |= of_look
        results |= {name: Result(name, wanted.seconds, f"floor, {look}") for name in of_look}
    brief = make_material(folder, min(RIVAL_SECONDS, wanted.seconds))
    for name, way in rivals(brief, folder, wanted.ffmpeg, wanted.rivals).items():
        ways[name], results[name] = way, Result(name, brief.seconds, floor="floor, glow")
    run_in_turn(ways, results, wanted.times)
    for look in looks:
        _look_at(results[f"ours, {look}"], material, look, folder, wanted)
    if wanted.long:
        results |= _long(looks[0], folder, wanted.processes)
    return results


def _ours(material: Material, look: Look, output: Path, processes: int) -> Run:
    return run_of(command(material, look, output, processes))


def _look_at(
    result: Result, material: Material, look: Look, folder: Path, wanted: argparse.Namespace
) -> None:
    """Note what a film takes beside time, and how good it is."""
    film, scene = folder / f"{look}.mp4", material.scene(look)
    result.size = film.stat().st_size
    frames = min(QUALITY_SECONDS, wanted.seconds) * scene.fps
    result.quality = quality(film, scene, material.analysis(scene.fps), frames, wanted.ffmpeg)
    result.memory = peak(command(material, look, folder / "again.mp4", wanted.processes))


def _long(look: Look, folder: Path, processes: int) -> dict[str, Result]:
    """Return what a minute and what an hour take of time and memory."""
    results = {}
    for seconds in LONG:
        material = make_material(folder, seconds)
        words = command(material, look, folder / "long.mp4", processes)
        name = f"ours, {look}, {seconds // 60} min"
        results[name] = Result(name, seconds, runs=[run_of(words)], memory=peak(words))
    return results


def _machine() -> str:
    """Return what this was run on."""
    model = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines() if sys.platform == "linux" else ():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    python = platform.python_version()
    return f"{model}, {os.cpu_count()} cores, Python {python}, load before the end {busy}"


if __name__ == "__main__":
    sys.exit(main())
