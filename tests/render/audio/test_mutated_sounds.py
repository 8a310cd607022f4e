"""Thousands of damaged songs, through the child process of an upload, and some into films.

None may raise anything but a sentence, take long, or lose sound without a word.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.render.audio.mutated_sounds import SECONDS, MutatedSound, make
from videos.render.audio.info import MAX_MISSING_SECONDS
from videos.render.sandbox.answers import decode_answer

SOUNDS = 4000
FILMS = 500  # of which every fifth is rendered
SAMPLE = 6  # songs of the usual tests; the others are tried each night
TIMEOUT = 40  # seconds for one song of three
# Raw AAC does not tell how long it should be, and no more does an mp3 whose header is cut off.
UNDECLARED = {"aac", "mp3"}


@pytest.mark.parametrize("seed", range(SAMPLE))
def test_a_damaged_song_is_analysed_or_refused(tmp_path: Path, seed: int) -> None:
    check(tmp_path, make(seed))


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(SAMPLE, SOUNDS))
def test_each_damaged_song_is_analysed_or_refused(tmp_path: Path, seed: int) -> None:
    check(tmp_path, make(seed))


@pytest.mark.parametrize("seed", range(2))
def test_a_damaged_song_is_rendered_or_refused(tmp_path: Path, seed: int) -> None:
    render(tmp_path, make(seed))


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(2, FILMS, 5))
def test_each_damaged_song_is_rendered_or_refused(tmp_path: Path, seed: int) -> None:
    render(tmp_path, make(seed))


def check(folder: Path, sound: MutatedSound) -> None:
    """Analyse ``sound`` as an upload is, and check what comes out."""
    path = folder / "song"
    path.write_bytes(sound.data)
    (folder / "cache").mkdir()
    args = (
        "-m",
        "videos.render.sandbox.probe_child",
        str(path),
        "600",
        str(folder / "cache"),
        "9999999",
    )
    done = subprocess.run([sys.executable, *args], capture_output=True, timeout=TIMEOUT)
    errors = done.stderr.decode("utf-8", "replace")
    assert done.returncode == 0, (sound.name, errors)
    assert "Traceback" not in errors, (sound.name, errors)
    result, _ = decode_answer(done.stdout)
    if "error" in result:
        assert result["error"].endswith("."), (sound.name, result)
    elif sound.is_cut and result["container"] not in UNDECLARED:
        missing = SECONDS - result["duration"]
        declared = (result["declared_duration"] or 0.0) - result["duration"]
        is_told = result["ends_early"] or declared > min(MAX_MISSING_SECONDS, missing - 0.3)
        assert is_told or missing < MAX_MISSING_SECONDS, (sound.name, result)


def render(folder: Path, sound: MutatedSound) -> None:
    """Make a film of ``sound``, which may be refused with a sentence."""
    path, film = folder / "song", folder / "film.mp4"
    path.write_bytes(sound.data)
    args = ("-m", "videos.render", str(path), "--output", str(film), "--processes", "1", "--json")
    done = subprocess.run([sys.executable, *args], capture_output=True, timeout=4 * TIMEOUT)
    errors = done.stderr.decode("utf-8", "replace")
    assert done.returncode in {0, 2}, (sound.name, errors, done.stdout[-300:])
    assert "Traceback" not in errors, (sound.name, errors)
    assert film.exists() == (done.returncode == 0), sound.name
