"""Finds the rivals that this machine has, and makes the commands that run them."""

import subprocess
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.contest import Way
from benchmarks.material import Material
from benchmarks.ours import run_command
from videos.render.encode.aac_pieces import AAC_BIT_RATE, AAC_OPTIONS
from videos.render.encode.pictures import X264_OPTIONS, group_length
from videos.render.film import render_still
from videos.render.options import FPS, Look
from videos.render.text.faces import FOLDER

MOVIEPY = Path(__file__).with_name("moviepy_film.py")
LEFT, TOP, WIDTH, HEIGHT = 64, 496, 1152, 136  # pixels: the area of the spectrum, as in our films


def find_rivals(material: Material, folder: Path, ffmpeg: str, python: str) -> dict[str, Way]:
    """Return the ways that the binary ``ffmpeg`` and the interpreter ``python`` have, if any."""
    scene = material.scene(Look.GLOW)
    picture, heights = folder / "still.png", folder / "heights.npy"
    render_still(scene, 0).save(picture)
    np.save(heights, material.analysis(scene.fps).features[:]["levels"].astype(np.float32))
    commands: dict[str, list[str]] = {}
    if ffmpeg:
        output = folder / "showcqt.mp4"
        commands["ffmpeg showcqt"] = showcqt_command(ffmpeg, picture, material, output)
    if _has_module(python, "moviepy"):
        files = (picture, heights, material.song, material.lyrics, FOLDER / "Inter.ttf")
        words = [python, MOVIEPY, *files, folder / "moviepy.mp4"]
        commands["moviepy"] = [str(word) for word in words]
    if _has_module(python, "seewav"):
        size = ["-r", "30", "-W", "1280", "-H", "720"]
        output = folder / "seewav.mp4"
        commands["seewav"] = [python, "-m", "seewav", *size, str(material.song), str(output)]
    return {name: partial(run_command, command) for name, command in commands.items()}


def showcqt_command(ffmpeg: str, still: Path, material: Material, output: Path) -> list[str]:
    """Return the command that draws ffmpeg's own spectrum, ``showcqt``, over our ``still``.

    The film is encoded with our settings.
    """
    size = f"s={WIDTH}x{HEIGHT}:fps={FPS}:axis=0"
    graph = (
        f"[0:v]loop=-1:1,fps={FPS},format=yuv420p[still];[1:a]showcqt={size},format=yuv420p[bars];"
        f"[still][bars]overlay={LEFT}:{TOP}:shortest=1[film]"
    )
    pictures = {"c:v": "libx264", "g": group_length(FPS), "threads": 2, **X264_OPTIONS}
    sound = {"c:a": "aac", "b:a": AAC_BIT_RATE, **AAC_OPTIONS}
    words = [ffmpeg, "-v", "error", "-y", "-i", str(still), "-i", str(material.song)]
    words += ["-filter_complex", graph, "-map", "[film]", "-map", "1:a", "-movflags", "+faststart"]
    for option, value in {**pictures, **sound}.items():
        words += [f"-{option}", str(value)]
    return [*words, str(output)]


def _has_module(python: str, module: str) -> bool:
    if not python:
        return False
    command = [python, "-c", f"import {module}"]
    result = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - user's choice
    return result.returncode == 0
