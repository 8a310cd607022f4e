import sys
from pathlib import Path

import pytest

from benchmarks.memory import measure_peak_memory
from tests.render.samples import write_silent_wav

MEGA = 1_000_000


def render_command(folder: Path, minutes: int) -> list[str]:
    song = write_silent_wav(folder / f"{minutes}.wav", 60 * minutes)
    return [sys.executable, "-m", "videos.render", str(song), "--output", str(folder / "film.mp4")]


@pytest.mark.nightly  # tests/render/test_film.py has a short one
@pytest.mark.parametrize(("minutes", "max_growth"), [(4, 10 * MEGA), (10, 20 * MEGA)])
def test_a_long_film_takes_no_more_memory_than_a_short_one(
    tmp_path: Path, minutes: int, max_growth: int
) -> None:
    # The peak of a short film is over so soon that a sample may miss it
    short = max(
        measure_peak_memory([*render_command(tmp_path, 1), "--processes=2"]) for _ in range(2)
    )
    long = measure_peak_memory([*render_command(tmp_path, minutes), "--processes=2"])
    assert long < 400 * MEGA
    assert long - short < max_growth


def test_what_processes_share_counts_once() -> None:
    holding = "import os, time; held = bytearray(b'x') * 60_000_000; os.fork(); time.sleep(1)"
    assert 60 * MEGA < measure_peak_memory([sys.executable, "-c", holding]) < 110 * MEGA


def test_a_command_that_fails_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="ended with 3"):
        measure_peak_memory([sys.executable, "-c", "raise SystemExit(3)"])
