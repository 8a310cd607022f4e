"""Which rivals this machine has, and how they are run."""

import subprocess
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.contest import Way
from benchmarks.material import Material
from benchmarks.ours import run_of
from benchmarks.rivals import bare_ffmpeg
from videos.render.film import still
from videos.render.scene import Look
from videos.render.text.faces import FOLDER

MOVIEPY = Path(__file__).with_name("moviepy_film.py")


def rivals(material: Material, folder: Path, ffmpeg: str, python: str) -> dict[str, Way]:
    """Return the ways that the binary `ffmpeg` and the interpreter `python` open, if any."""
    scene = material.scene(Look.GLOW)
    picture, heights = folder / "still.png", folder / "heights.npy"
    still(scene, 0).save(picture)
    np.save(heights, material.analysis(scene.fps).heard[:]["levels"].astype(np.float32))
    ways: dict[str, list[str]] = {}
    if ffmpeg:
        output = folder / "showcqt.mp4"
        ways["ffmpeg showcqt"] = bare_ffmpeg.command(ffmpeg, picture, material, output)
    if _has(python, "moviepy"):
        given = (picture, heights, material.song, material.lyrics, FOLDER / "Inter.ttf")
        words = [python, MOVIEPY, *given, folder / "moviepy.mp4"]
        ways["moviepy"] = [str(word) for word in words]
    if _has(python, "seewav"):
        size = ["-r", "30", "-W", "1280", "-H", "720"]
        output = folder / "seewav.mp4"
        ways["seewav"] = [python, "-m", "seewav", *size, str(material.song), str(output)]
    return {name: partial(run_of, words) for name, words in ways.items()}


def _has(python: str, module: str) -> bool:
    if not python:
        return False
    words = [python, "-c", f"import {module}"]
    done = subprocess.run(words, capture_output=True, check=False)  # noqa: S603 - the user's choice
    return done.returncode == 0
