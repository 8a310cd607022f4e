"""`python -m videos.render`: a film from the command line.

Exits with 0 when the film is made, 1 when it failed, 2 when something that was given cannot be
used and 130 when it was interrupted, each time with a sentence.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from videos.render.audio.decoding import lasting, tags
from videos.render.errors import InputError, RenderError, Stopped
from videos.render.files import poster_beside
from videos.render.film import render
from videos.render.lyrics import Line, LyricsError, decode, parse
from videos.render.reports import BarReport, JsonReport, Report
from videos.render.sandbox.interruption import Interruption
from videos.render.scene import FPS, RATES, RESOLUTION, RESOLUTIONS, Look, Scene, VideoFormat

FAILED, UNUSABLE, INTERRUPTED = 1, 2, 130
MOST_LYRICS = 1_000_000
"""Bytes beyond which a file is no lyrics."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the film that the command line asks for and return the exit code."""
    wanted = _parser().parse_args(arguments)
    report: Report = JsonReport(sys.stdout) if wanted.json else BarReport(sys.stderr)
    interruption = Interruption()
    try:
        scene = _scene(wanted)
        film = render(
            scene,
            wanted.output,
            on_progress=report.progress,
            should_stop=interruption,
            processes=wanted.processes,
        )
    except (InputError, LyricsError, RenderError, Stopped) as error:
        report.failure(error)
        return exit_code(error)
    report.film(film)
    return 0


def exit_code(error: Exception) -> int:
    """Return the code with which a process ends after `error`."""
    if isinstance(error, Stopped):
        return INTERRUPTED
    return UNUSABLE if isinstance(error, ValueError) else FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m videos.render", description="Make a music video from a song."
    )
    parser.add_argument("song", type=Path, help="an mp3, wav, flac, m4a or ogg file")
    parser.add_argument("--output", type=Path, required=True, help="the MP4 to make")
    parser.add_argument("--cover", type=Path, help="a JPEG, PNG or WebP; else one is drawn")
    parser.add_argument("--lyrics", type=Path, help="LRC, WebVTT, SubRip or plain text")
    parser.add_argument("--title", help="else the song's tag, or its file's name")
    parser.add_argument("--author", help="signs the cover; else the song's tag")
    parser.add_argument("--domain", default="", help="a site's name, shown at the bottom")
    parser.add_argument(
        "--format",
        choices=[each.value for each in VideoFormat],
        default=VideoFormat.WIDE.value,
        help="the shape of the picture (16:9)",
    )
    parser.add_argument(
        "--look",
        choices=[each.value for each in Look],
        default=Look.GLOW.value,
        help="how the pictures move (glow)",
    )
    parser.add_argument(
        "--resolution",
        type=int,
        choices=RESOLUTIONS,
        default=RESOLUTION,
        help="pixels of the shorter side (720)",
    )
    parser.add_argument("--fps", type=int, choices=RATES, default=FPS, help="frames a second (30)")
    parser.add_argument("--model", default="", help="Suno's model that made the song")
    parser.add_argument(
        "--source-loudness",
        action="store_true",
        help="leave the song as loud as it is (otherwise -14 LUFS)",
    )
    parser.add_argument("--processes", type=_positive, help="how many draw side by side (two)")
    parser.add_argument("--json", action="store_true", help="tell a program: JSON on stdout")
    return parser


def _scene(wanted: argparse.Namespace) -> Scene:
    """Return what the command line describes. Raises InputError or LyricsError."""
    _check_output(wanted.output, [wanted.song, wanted.cover, wanted.lyrics])
    if not wanted.song.is_file():
        raise InputError(f"There is no file {wanted.song}.")
    tagged = tags(wanted.song)
    return Scene(
        audio=wanted.song,
        cover=wanted.cover,
        lyrics=_lyrics(wanted.lyrics, wanted.song) if wanted.lyrics else (),
        title=_text(tagged.get("title") or wanted.song.stem, wanted.title),
        author=_text(tagged.get("artist", ""), wanted.author),
        domain_name=_text("", wanted.domain),
        format=VideoFormat(wanted.format),
        look=Look(wanted.look),
        resolution=wanted.resolution,
        fps=wanted.fps,
        is_normalised=not wanted.source_loudness,
        model_name=_text("", wanted.model),
    )


def _check_output(output: Path, given: Sequence[Path | None]) -> None:
    """Raise InputError if the film or its poster cannot or must not be written."""
    if not output.parent.is_dir():
        raise InputError(f"There is no folder {output.parent}.")
    for path in (output, poster_beside(output)):
        if path.exists() and not path.is_file():
            raise InputError(f"{path} is not a file that a film could replace.")
        if any(each and each.exists() and path.exists() and each.samefile(path) for each in given):
            raise InputError("The film would overwrite a file that it is made from.")


def _positive(text: str) -> int:
    """Return a number from 1 up. Raises ArgumentTypeError for anything else."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError("a number from 1 up is needed")
    return int(text)


def _text(usual: str, given: str | None) -> str:
    """Return the text given, or the usual one, without bytes that are no character."""
    text = usual if given is None else given
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _lyrics(path: Path, song: Path) -> tuple[Line, ...]:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_LYRICS + 1)
    except OSError as error:
        raise InputError(f"The lyrics cannot be read: {error.strerror}.") from error
    if len(data) > MOST_LYRICS:
        raise InputError("The lyrics are longer than a megabyte.")
    return parse(decode(data), lasting(song))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (BrokenPipeError, KeyboardInterrupt) as end:
        # Nobody reads on, or it is too early for an `Interruption` to notice: no more is to be said
        sys.stdout = None
        sys.exit(FAILED if isinstance(end, BrokenPipeError) else INTERRUPTED)
