"""``python -m benchmarks.render``: the renderer's speed, memory, size and quality, in one run.

Rivals are run if they are there: the ffmpeg binary, and moviepy and seewav in the Python that
``--rivals`` names. They make the first seconds only, since they are slow. What this needs, and what
an environment of its own for the rivals needs, is installed by one line each:

    .venv/bin/python -m pip install --require-hashes -r benchmarks/requirements.txt
    python3 -m venv rivals && rivals/bin/pip install --require-hashes -r benchmarks/rivals.txt

seewav builds pycairo, for which Debian and Ubuntu have libcairo2-dev and pkg-config.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from benchmarks.backdrops import make_backdrops
from benchmarks.contest import Result, Run, Way, format_table, run_in_turn
from benchmarks.floor import measure_floor
from benchmarks.material import Material, make_material
from benchmarks.memory import measure_peak_memory
from benchmarks.ours import (
    render_clip_command,
    render_command,
    render_first_in_portal,
    render_next_in_portal,
    run_command,
)
from benchmarks.quality import measure_quality
from benchmarks.rivals.commands import find_rivals
from videos.render.audio.analysis import load_or_analyse
from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.options import BACKDROP_LOOKS, FPS, Look

TIMES = 3
RIVAL_SECONDS = 20
QUALITY_SECONDS = 30
MAX_CACHE_BYTES = 10**10  # so large that nothing is evicted
CLIP_SECONDS = 15
LONG_SECONDS = (60, 3600)  # the lengths of the films whose memory is compared


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all, print the table or JSON and return the exit code."""
    args = _parser().parse_args(arguments)
    with TemporaryDirectory(prefix="benchmark-") as folder:
        results = _measure_ways(args, Path(folder))
    rows = [result.row(results) for result in results.values()]
    report = {"machine": _describe_machine(), "processes": args.processes, "ways": rows}
    table = f"{report['machine']}\n\n{format_table(rows)}"
    print(json.dumps(report, indent=1) if args.json else table)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.render", description=__doc__)
    parser.add_argument("--seconds", type=int, default=180, help="of the song (180)")
    parser.add_argument("--times", type=int, default=TIMES, help="each way is run (3)")
    parser.add_argument("--processes", type=int, default=2, help="that draw side by side (2)")
    parser.add_argument(
        "--look", choices=list(Look), action="append", help="one or several (all)", dest="looks"
    )
    parser.add_argument("--ways", default="", help="only those whose names have this in them")
    parser.add_argument("--rivals", default="", help="a Python with moviepy or seewav")
    parser.add_argument("--ffmpeg", default=which("ffmpeg") or "", help="the binary (the path's)")
    parser.add_argument("--long", action="store_true", help="also the memory of an hour")
    parser.add_argument("--json", action="store_true", help="instead of a table")
    return parser


def _measure_ways(args: argparse.Namespace, folder: Path) -> dict[str, Result]:
    material = make_material(folder, args.seconds)
    looks = [Look(look) for look in args.looks or list(Look)]
    cache = AnalysisCache(folder / "cache", MAX_CACHE_BYTES)
    analysis, _ = load_or_analyse(material.song, FPS, cache, lambda _: None)
    ways: dict[str, Way] = {}
    results: dict[str, Result] = {}
    for look in looks:
        film, portal_film = folder / f"{look}.mp4", folder / f"{look}-in-the-portal.mp4"
        in_portal = (material, look, portal_film, args.processes, cache)
        scene = material.scene(look)
        look_ways = {
            f"ours, {look}": partial(_render_ours, material, look, film, args.processes),
            f"in the portal, {look}": partial(render_first_in_portal, *in_portal),
            f"another of the song, {look}": partial(render_next_in_portal, *in_portal),
            f"floor, {look}": partial(measure_floor, scene, analysis, args.processes),
        }
        ways |= look_ways
        results |= {name: Result(name, args.seconds, f"floor, {look}") for name in look_ways}
    for kind, backdrop in make_backdrops(folder).items():
        moving = replace(material, backdrop=backdrop)
        for look in (look for look in looks if look in BACKDROP_LOOKS):
            name, film = f"ours, {look}, {kind}", folder / f"{look}-{kind}.mp4"
            ways[name] = partial(_render_ours, moving, look, film, args.processes)
            results[name] = Result(name, args.seconds, f"floor, {look}")
    if args.seconds > CLIP_SECONDS:
        for look in looks:
            clip = partial(_render_clip, material, look, folder / "clip.mp4", args.processes)
            name = f"a clip for phones, {look}"
            ways[name], results[name] = clip, Result(name, CLIP_SECONDS)
    brief = make_material(folder, min(RIVAL_SECONDS, args.seconds))
    for name, way in find_rivals(brief, folder, args.ffmpeg, args.rivals).items():
        ways[name], results[name] = way, Result(name, brief.seconds, floor="floor, glow")
    chosen = {name: way for name, way in ways.items() if args.ways in name}
    results = {name: results[name] for name in chosen}
    run_in_turn(chosen, results, args.times)
    for look in looks:
        if result := results.get(f"ours, {look}"):
            _measure_film(result, material, look, folder, args)
    if args.long:
        results |= _measure_long(looks[0], folder, args.processes)
    return results


def _render_ours(material: Material, look: Look, output: Path, processes: int) -> Run:
    return run_command(render_command(material, look, output, processes))


def _render_clip(material: Material, look: Look, output: Path, processes: int) -> Run:
    return run_command(render_clip_command(material, look, output, processes, CLIP_SECONDS))


def _measure_film(
    result: Result, material: Material, look: Look, folder: Path, args: argparse.Namespace
) -> None:
    """Record the size, the quality and the memory of a film."""
    film, scene = folder / f"{look}.mp4", material.scene(look)
    result.size = film.stat().st_size
    frames = min(QUALITY_SECONDS, args.seconds) * scene.fps
    analysis = material.analysis(scene.fps)
    result.quality = measure_quality(film, scene, analysis, frames, args.ffmpeg)
    command = render_command(material, look, folder / "again.mp4", args.processes)
    result.memory = measure_peak_memory(command)


def _measure_long(look: Look, folder: Path, processes: int) -> dict[str, Result]:
    """Return the time and memory of a minute and of an hour of film."""
    results = {}
    for seconds in LONG_SECONDS:
        material = make_material(folder, seconds)
        command = render_command(material, look, folder / "long.mp4", processes)
        name = f"ours, {look}, {seconds // 60} min"
        runs, memory = [run_command(command)], measure_peak_memory(command)
        results[name] = Result(name, seconds, runs=runs, memory=memory)
    return results


def _describe_machine() -> str:
    """Return the machine, Python and load of this run."""
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
