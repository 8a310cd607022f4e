"""Reports the progress of a film to a person at a terminal, or to a program as JSON."""

import json
from typing import Protocol, TextIO

from videos.render.clips.clip import format_clip_time
from videos.render.sandbox.messages import encode_message
from videos.render.scene import Film, Progress

BAR_WIDTH = 28  # characters


class Reporter(Protocol):
    """Reports the progress and the result of one film."""

    def progress(self, progress: Progress) -> None:
        """Report how far the film is."""

    def warning(self, sentence: str) -> None:
        """Report something that was left out of the film, or guessed."""

    def film(self, film: Film) -> None:
        """Report the finished film."""

    def failure(self, error: Exception) -> None:
        """Report what went wrong."""


class JsonReporter:
    """Writes a line of JSON for each report, for programs."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def progress(self, progress: Progress) -> None:
        """Write the progress."""
        print(encode_message(progress), file=self._stream, flush=True)

    def warning(self, sentence: str) -> None:
        """Write the sentence."""
        print(json.dumps({"warning": sentence}), file=self._stream, flush=True)

    def film(self, film: Film) -> None:
        """Write where the film is and what it is like."""
        print(encode_message(film), file=self._stream, flush=True)

    def failure(self, error: Exception) -> None:
        """Write the error's name and its sentence."""
        print(encode_message(error), file=self._stream, flush=True)


class BarReporter:
    """Draws a progress bar on one line of a terminal; to a file it writes a line for each stage."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_terminal = stream.isatty()
        self._stage = ""

    def progress(self, progress: Progress) -> None:
        """Draw the bar."""
        if not self._is_terminal:
            if progress.stage != self._stage:
                print(f"{progress.stage.capitalize()} …", file=self._stream, flush=True)
            self._stage = progress.stage
            return
        filled = round(progress.fraction * BAR_WIDTH)
        bar = "█" * filled + "░" * (BAR_WIDTH - filled)
        left = "" if progress.seconds_left is None else f"{progress.seconds_left:3.0f} s left"
        text = f"\r{progress.stage:9} {bar} {progress.fraction:4.0%}  {left:12}"
        print(text, end="", file=self._stream, flush=True)

    def warning(self, sentence: str) -> None:
        """Write the sentence on a line of its own."""
        self._finish(sentence)

    def film(self, film: Film) -> None:
        """Write what came out."""
        parts = [
            f"{film.width}×{film.height}",
            _describe_length(film),
            f"{film.size / 1e6:.1f} MB",
            "silent" if film.loudness is None else f"{film.loudness:.1f} LUFS".replace("-", "−"),
        ]
        self._finish(f"{film.path}: {', '.join(parts)}")

    def failure(self, error: Exception) -> None:
        """Write what went wrong."""
        self._finish(str(error) or "Stopped.")

    def _finish(self, sentence: str) -> None:
        clear = f"\r{'':{BAR_WIDTH + 40}}\r" if self._is_terminal else ""
        print(f"{clear}{sentence}", file=self._stream, flush=True)


def _describe_length(film: Film) -> str:
    length = f"{film.duration:.0f} s"
    if film.clip_start is None:
        return length
    return f"{length} from {format_clip_time(round(film.clip_start, 1))} on"
