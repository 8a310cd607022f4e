"""Telling someone how a film comes along: a person at a terminal, or a program."""

from typing import Protocol, TextIO

from videos.render.sandbox.messages import message_line
from videos.render.scene import Film, Progress

WIDTH = 28
"""Characters of the bar."""


class Report(Protocol):
    """Takes what there is to tell."""

    def progress(self, progress: Progress) -> None:
        """Tell how far the film is."""

    def film(self, film: Film) -> None:
        """Tell that it is done."""

    def failure(self, error: Exception) -> None:
        """Tell what went wrong."""


class JsonReport:
    """A line of JSON for each thing, for programs."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def progress(self, progress: Progress) -> None:
        """Write the progress."""
        print(message_line(progress), file=self._stream, flush=True)

    def film(self, film: Film) -> None:
        """Write where the film is and what it is like."""
        print(message_line(film), file=self._stream, flush=True)

    def failure(self, error: Exception) -> None:
        """Write the error's name and its sentence."""
        print(message_line(error), file=self._stream, flush=True)


class BarReport:
    """A bar that grows on one line of a terminal; into a file, a line for each stage."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._live = stream.isatty()
        self._stage = ""

    def progress(self, progress: Progress) -> None:
        """Draw the bar."""
        if not self._live:
            if progress.stage != self._stage:
                print(f"{progress.stage.capitalize()} …", file=self._stream, flush=True)
            self._stage = progress.stage
            return
        filled = round(progress.fraction * WIDTH)
        bar = "█" * filled + "░" * (WIDTH - filled)
        left = "" if progress.seconds_left is None else f"{progress.seconds_left:3.0f} s left"
        text = f"\r{progress.stage:9} {bar} {progress.fraction:4.0%}  {left:12}"
        print(text, end="", file=self._stream, flush=True)

    def film(self, film: Film) -> None:
        """Say what came out."""
        parts = [
            f"{film.width}×{film.height}",
            f"{film.duration:.0f} s",
            f"{film.size / 1e6:.1f} MB",
            "silent" if film.loudness is None else f"{film.loudness:.1f} LUFS".replace("-", "−"),
        ]
        self._finish(f"{film.path}: {', '.join(parts)}")

    def failure(self, error: Exception) -> None:
        """Say what went wrong."""
        self._finish(str(error) or "Stopped.")

    def _finish(self, sentence: str) -> None:
        clear = f"\r{'':{WIDTH + 40}}\r" if self._live else ""
        print(f"{clear}{sentence}", file=self._stream, flush=True)
