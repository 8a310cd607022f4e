"""``python -m videos.render``: makes a film from the command line.

Exits with 0 when the film is made, 1 when it failed, 2 when something that was given cannot be
used and 130 when it was interrupted, each time with a sentence.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from videos.render.audio.decoding import estimate_duration, read_tags
from videos.render.errors import InputError, RenderError, Stopped
from videos.render.files import poster_path
from videos.render.film import render
from videos.render.lyrics import Line, LyricsError, decode, parse
from videos.render.options import OPTIONS, Option, Sound, StyleOptions
from videos.render.reports import BarReporter, JsonReporter, Reporter
from videos.render.sandbox.process_control import Interruption
from videos.render.scene import Scene

FAILED, UNUSABLE, INTERRUPTED = 1, 2, 130
MAX_LYRICS_BYTES = 1_000_000  # a larger file is no lyrics


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the film that the command line asks for and return the exit code."""
    args = _parser().parse_args(arguments)
    report: Reporter = JsonReporter(sys.stdout) if args.json else BarReporter(sys.stderr)
    interruption = Interruption()
    try:
        film = render(
            _scene(args),
            args.output,
            on_progress=report.progress,
            should_stop=interruption,
            processes=args.processes,
        )
    except (InputError, LyricsError, RenderError, Stopped) as error:
        report.failure(error)
        return exit_code(error)
    report.film(film)
    return 0


def exit_code(error: Exception) -> int:
    """Return the code with which a process ends after ``error``."""
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
    for option in OPTIONS:
        _add_option(parser, option)
    parser.add_argument(
        "--source-loudness",
        dest="sound",
        action="store_const",
        const=Sound.SOURCE,
        help="the same as --sound source",
    )
    parser.add_argument("--model", default="", help="Suno's model that made the song")
    parser.add_argument("--processes", type=_positive, help="how many draw side by side (two)")
    parser.add_argument("--json", action="store_true", help="tell a program: JSON on stdout")
    return parser


def _add_option(parser: argparse.ArgumentParser, option: Option) -> None:
    name = f"--{option.name.replace('_', '-')}"
    if option.is_flag:
        parser.add_argument(
            name,
            action=argparse.BooleanOptionalAction,
            default=option.default,
            help=option.description,
        )
    else:
        parser.add_argument(
            name,
            type=type(option.plain_default),
            choices=[value for value, _label in option.choices],
            default=option.plain_default,
            help=f"{option.description} ({option.plain_default})",
        )


def _scene(args: argparse.Namespace) -> Scene:
    """Return what the command line describes. Raises InputError or LyricsError."""
    _check_output(args.output, [args.song, args.cover, args.lyrics])
    if not args.song.is_file():
        raise InputError(f"There is no file {args.song}.")
    file_tags = read_tags(args.song)
    return Scene(
        audio=args.song,
        cover=args.cover,
        lyrics=_lyrics(args.lyrics, args.song) if args.lyrics else (),
        title=_text(file_tags.get("title") or args.song.stem, args.title),
        author=_text(file_tags.get("artist", ""), args.author),
        domain_name=_text("", args.domain),
        model_name=_text("", args.model),
        **vars(StyleOptions.parse(vars(args))),
    )


def _check_output(output: Path, inputs: Sequence[Path | None]) -> None:
    """Raise InputError if the film or its poster cannot or must not be written."""
    if not output.parent.is_dir():
        raise InputError(f"There is no folder {output.parent}.")
    for path in (output, poster_path(output)):
        if path.exists() and not path.is_file():
            raise InputError(f"{path} is not a file that a film could replace.")
        if any(each and each.exists() and path.exists() and each.samefile(path) for each in inputs):
            raise InputError("The film would overwrite a file that it is made from.")


def _positive(text: str) -> int:
    """Return a number from 1 up. Raises ArgumentTypeError for anything else."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError("a number from 1 up is needed")
    return int(text)


def _text(default: str, argument: str | None) -> str:
    """Return the argument, or the default, without bytes that are no character."""
    text = default if argument is None else argument
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _lyrics(path: Path, song: Path) -> tuple[Line, ...]:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_LYRICS_BYTES + 1)
    except OSError as error:
        raise InputError(f"The lyrics cannot be read: {error.strerror}.") from error
    if len(data) > MAX_LYRICS_BYTES:
        raise InputError("The lyrics are longer than a megabyte.")
    return parse(decode(data), estimate_duration(song))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (BrokenPipeError, KeyboardInterrupt) as end:
        # Nobody reads on, or it is too early for an `Interruption` to notice: no more is to be said
        sys.stdout = None
        sys.exit(FAILED if isinstance(end, BrokenPipeError) else INTERRUPTED)
