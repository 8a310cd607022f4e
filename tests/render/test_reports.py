"""Reports of a film's progress, for people and for programs."""

import json
from io import StringIO
from pathlib import Path

import pytest

from videos.render.errors import AudioError
from videos.render.reports import BarReporter, JsonReporter
from videos.render.scene import Film, Progress

FILM = Film(Path("film.mp4"), 1280, 720, 61.5, 4_200_000, Path("film.jpg"))


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_programs_get_a_line_of_json_for_each_report():
    stream = StringIO()
    reporter = JsonReporter(stream)
    reporter.progress(Progress("drawing", 0.5, 3.0))
    reporter.warning("Line 3 is left out.")
    reporter.film(FILM)
    reporter.failure(AudioError("It cannot be read."))
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert len(lines) == 4
    assert lines[1] == {"warning": "Line 3 is left out."}
    assert "It cannot be read." in str(lines[3])


def test_a_terminal_has_a_bar_that_grows():
    stream = Terminal()
    BarReporter(stream).progress(Progress("drawing", 0.5, 7.0))
    assert stream.getvalue().count("█") == 14
    assert " 50%" in stream.getvalue()
    assert "7 s left" in stream.getvalue()


def test_a_file_has_a_line_for_each_stage():
    stream = StringIO()
    reporter = BarReporter(stream)
    for stage in ("reading", "drawing", "drawing"):
        reporter.progress(Progress(stage, 0.1, None))
    assert stream.getvalue().splitlines() == ["Reading …", "Drawing …"]


@pytest.mark.parametrize("stream", [StringIO(), Terminal()])
def test_the_end_is_told_on_a_line_of_its_own(stream):
    reporter = BarReporter(stream)
    reporter.film(FILM)
    reporter.failure(AudioError(""))
    assert "film.mp4: 1280×720, 62 s, 4.2 MB, silent\n" in stream.getvalue()
    assert stream.getvalue().endswith("Stopped.\n")
