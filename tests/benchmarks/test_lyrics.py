"""The benchmark of guessed lyrics: what it compares, and which guess is the better one."""

from statistics import fmean

import pytest

from benchmarks.lyrics import Errors, compare, true_lines, without_times
from videos.render.lyrics import Line, parse


def test_errors_are_of_the_starts_of_lines() -> None:
    true = [Line(start, start + 1, "la") for start in (1.0, 5.0, 9.0)]
    guess = [Line(start, start + 1, "la") for start in (1.5, 5.0, 12.0)]
    assert Errors.of(guess, true) == (0.5, pytest.approx(3.5 / 3), 3.0, pytest.approx(2 / 3))


def test_the_true_times_are_those_of_the_parts_in_their_order() -> None:
    lines = list(true_lines("chorus first"))
    assert [line.start for line in lines] == sorted(line.start for line in lines)
    assert lines[0].section == "Chorus"
    assert len(parse(without_times(lines), 100)) == len(lines)


@pytest.mark.nightly
def test_a_guess_from_the_sound_is_nearer_than_lines_that_are_spread() -> None:
    errors: dict[str, list[float]] = {}
    for _song, way, each in compare():
        errors.setdefault(way, []).append(each.median)
    assert fmean(errors["structure"]) < 0.5 * fmean(errors["spread"])
