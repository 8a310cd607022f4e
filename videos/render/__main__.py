"""``python -m videos.render``: makes a film from the command line.

Exits with 0 when the film is made, 1 when it failed, 2 when something that was given cannot be
used and 130 when it was interrupted, each time with a sentence.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from videos.render.audio.completeness import ends_early
from videos.render.audio.info import MAX_MISSING_SECONDS
from videos.render.audio.opening import find_source, open_audio
from videos.render.audio.properties import declared_seconds, estimate_duration
from videos.render.backdrops.files import prepare_backdrop
from videos.render.clips import Clip, ClipError, parse_clip
from videos.render.covers.formats import FORMAT_NAMES
from videos.render.covers.reading import read_picture
from videos.render.errors import CoverError, InputError, RenderError, Stopped
from videos.render.extras.teaser import write_teaser
from videos.render.extras.thumbnail import THUMBNAIL_QUALITY, draw_thumbnail
from videos.render.files import poster_path, write_atomically
from videos.render.film import render
from videos.render.lyrics import EncodingDoubt, Line, LyricsError, decode, parse_lyrics
from videos.render.lyrics.translation import add_translation
from videos.render.options import BACKDROP_LOOKS, OPTIONS, Option, Sound, StyleOptions
from videos.render.paint.logo_file import load_logo
from videos.render.reports import BarReporter, JsonReporter, Reporter
from videos.render.sandbox.process_control import Interruption
from videos.render.scene import Film, Scene
from videos.render.styles.colours import ColourError, parse_colour
from videos.render.tags.reading import read_song_tags
from videos.render.tags.song_tags import SongTags

FAILED, UNUSABLE, INTERRUPTED = 1, 2, 130
MAX_LYRICS_BYTES = 1_000_000  # a larger file is no lyrics
MIN_SILENCE = 0.1  # seconds that are missing in a song: less is not reported
CHECKED_COVER_SIDE = 64  # pixels in which a cover or a logo is tried


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the film that the command line asks for and return the exit code."""
    args = _parser().parse_args(arguments)
    reporter: Reporter = JsonReporter(sys.stdout) if args.json else BarReporter(sys.stderr)
    interruption = Interruption()
    try:
        with TemporaryDirectory(prefix="film-") as folder:
            scene = _scene(args, reporter, Path(folder))
            film = render(
                scene,
                args.output,
                on_progress=reporter.progress,
                should_stop=interruption,
                processes=args.processes,
            )
            _write_extras(args, scene)
        if not (args.clip and args.clip.is_canvas):
            _report_missing_sound(args.song, film, reporter)
    except (InputError, LyricsError, RenderError, Stopped) as error:
        reporter.failure(error)
        return exit_code(error)
    reporter.film(film)
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
    parser.add_argument(
        "song", type=Path, help="an mp3, wav, flac, m4a, ogg, aac, aiff or webm file"
    )
    parser.add_argument("--output", type=Path, required=True, help="the MP4 to make")
    parser.add_argument(
        "--cover",
        type=Path,
        help=f"a {FORMAT_NAMES}; else that in the song's tags, or one is drawn",
    )
    parser.add_argument("--logo", type=Path, help="a PNG or WebP with transparency, at the foot")
    parser.add_argument(
        "--backdrop",
        type=Path,
        nargs="+",
        default=[],
        metavar="FILE",
        help="up to 12 pictures or a looping video, for the looks stage and drift",
    )
    parser.add_argument(
        "--lyrics",
        type=Path,
        help="LRC, WebVTT, SRT, TTML, ASS, JSON, text; else those in the song's tags",
    )
    parser.add_argument(
        "--translation", type=Path, help="of the lyrics, shown smaller below them; as --lyrics"
    )
    parser.add_argument(
        "--lyrics-encoding",
        default="",
        metavar="NAME",
        help="such as cp1250, koi8-r or shift_jis, where it is not told from the text",
    )
    parser.add_argument("--title", help="else the song's tag, or its file's name")
    parser.add_argument("--author", help="signs the cover; else the song's artists")
    parser.add_argument("--domain", default="", help="a site's name, shown at the bottom")
    parser.add_argument(
        "--clip",
        type=_clip,
        metavar="PART",
        help="make a film of a part only: its hook of 15, 30 or 60 seconds, or times, as "
        "0:34-0:52; or canvas, the silent loop that Spotify shows",
    )
    parser.add_argument(
        "--thumbnail", type=Path, metavar="FILE", help="also draw a JPEG of 1280x720 for lists"
    )
    parser.add_argument(
        "--teaser", type=Path, metavar="FILE", help="also make a silent MP4 of 4 seconds for chats"
    )
    for option in OPTIONS:
        _add_option(parser, option)
    parser.add_argument(
        "--source-loudness",
        dest="sound",
        action="store_const",
        const=Sound.SOURCE,
        help="the same as --sound source",
    )
    parser.add_argument(
        "--tags",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="use what the song's file says of itself",
    )
    parser.add_argument("--model", default="", help="Suno's model that made the song")
    parser.add_argument(
        "--processes",
        type=_positive,
        help="how many draw side by side (one for each core, up to 16)",
    )
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
    elif option.is_colour:
        parser.add_argument(
            name, type=_colour, default="", metavar="COLOUR", help=option.description
        )
    else:
        parser.add_argument(
            name,
            type=type(option.plain_default),
            choices=[value for value, _label in option.choices],
            default=option.plain_default,
            help=f"{option.description} ({option.plain_default})",
        )


def _scene(args: argparse.Namespace, reporter: Reporter, folder: Path) -> Scene:
    """Return what the command line and the song's tags describe.

    A cover in the tags, and a looping video, are written to ``folder``. Raises InputError or
    LyricsError.
    """
    inputs = [args.song, args.cover, args.lyrics, args.translation, args.logo, *args.backdrop]
    for output in filter(None, (args.output, args.thumbnail, args.teaser)):
        _check_output(output, inputs)
    if not args.song.is_file():
        raise InputError(f"There is no file {args.song}.")
    open_audio(args.song).close()  # what is no song is refused before anything else
    style = StyleOptions.parse(vars(args))
    if args.backdrop and style.look not in BACKDROP_LOOKS:
        raise InputError("This look shows no pictures of yours: choose --look stage or drift.")
    if args.logo:  # and so is what is no logo
        load_logo(args.logo, CHECKED_COVER_SIDE, CHECKED_COVER_SIDE)
    tags = read_song_tags(args.song) if args.tags else SongTags()
    return Scene(
        audio=args.song,
        cover=args.cover or _embedded_cover(tags, folder, reporter),
        logo=args.logo,
        backdrop=prepare_backdrop(args.backdrop, folder),
        lyrics=_lyrics(args, tags, reporter),
        title=_text(tags.title or args.song.stem, args.title),
        author=_text(tags.artist, args.author),
        domain_name=_text("", args.domain),
        genre=tags.genre,
        model_name=_text("", args.model),
        comment=tags.comment,
        clip=args.clip,
        **vars(style),
    )


def _write_extras(args: argparse.Namespace, scene: Scene) -> None:
    """Write what is wanted beside the film. Raises InputError or RenderError."""
    if args.teaser:
        write_teaser(args.output, args.teaser)
    if args.thumbnail:
        try:
            with write_atomically(args.thumbnail) as (part,):
                draw_thumbnail(scene).save(part, "JPEG", quality=THUMBNAIL_QUALITY)
        except OSError as error:
            raise RenderError(f"The thumbnail could not be written: {error}") from error


def _embedded_cover(tags: SongTags, folder: Path, reporter: Reporter) -> Path | None:
    """Write the cover in the tags to ``folder``; return None if there is none that can be used."""
    if tags.cover is None:
        return None
    path = folder / "cover"
    path.write_bytes(tags.cover)
    try:
        read_picture(path, CHECKED_COVER_SIDE)
    except CoverError:
        reporter.warning("The cover in this file cannot be read; it is left out.")
        return None
    return path


def _report_missing_sound(song: Path, film: Film, reporter: Reporter) -> None:
    """Report what the film lacks of the sound that ``song`` should have."""
    source = find_source(song)
    declared = declared_seconds(song, source) or 0.0
    if declared - film.song_duration > MAX_MISSING_SECONDS:
        actual, full = (f"{round(each) // 60}:{round(each) % 60:02}" for each in
                        (film.song_duration, declared))  # fmt: skip
        reporter.warning(
            f"This file ends after {actual}, though it should last {full}: it may have been copied "
            "only in part."
        )
    elif ends_early(song, source):
        reporter.warning("This file breaks off at its end: it may have been copied only in part.")
    if film.silence >= MIN_SILENCE:
        reporter.warning(
            f"{film.silence:.1f} seconds within this song are damaged: the film is silent there."
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


def _clip(text: str) -> Clip | None:
    """Return the clip that ``text`` names. Raises ArgumentTypeError if it is none."""
    try:
        return parse_clip(text)
    except ClipError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _colour(text: str) -> str:
    """Return the colour that ``text`` is. Raises ArgumentTypeError if it is none."""
    try:
        return parse_colour(text)
    except ColourError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _text(default: str, argument: str | None) -> str:
    """Return the argument, or the default, without bytes that are no character."""
    text = default if argument is None else argument
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _lyrics(args: argparse.Namespace, tags: SongTags, reporter: Reporter) -> tuple[Line, ...]:
    """Return the lines of a file, else those in the song's tags, and report their problems.

    Raises InputError or LyricsError for a file.
    """
    if not args.lyrics and not tags.lyrics:
        return ()
    text = _read_lyrics(args.lyrics, args.lyrics_encoding) if args.lyrics else tags.lyrics
    try:
        lyrics = parse_lyrics(text, estimate_duration(args.song))
    except LyricsError:
        if args.lyrics:
            raise
        reporter.warning("The lyrics in this file cannot be read; they are left out.")
        return ()
    for sentence in lyrics.warnings:
        reporter.warning(sentence)
    if args.translation is None:
        return lyrics.lines
    below = parse_lyrics(_read_lyrics(args.translation, ""), estimate_duration(args.song))
    return add_translation(lyrics.lines, below.lines)


def _read_lyrics(path: Path, encoding: str) -> str:
    """Return the text of a file of lyrics in an encoding, "" for the likeliest one.

    Raises InputError or LyricsError.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_LYRICS_BYTES + 1)
    except OSError as error:
        raise InputError(f"The lyrics cannot be read: {error.strerror}.") from error
    if len(data) > MAX_LYRICS_BYTES:
        raise InputError("The lyrics are longer than a megabyte.")
    try:
        return decode(data, encoding)
    except EncodingDoubt as doubt:
        raise InputError(f"{doubt} Its name is told by --lyrics-encoding.") from doubt


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (BrokenPipeError, KeyboardInterrupt) as end:
        # Nobody reads on, or it is too early for an `Interruption` to notice: no more is to be said
        sys.stdout = None
        sys.exit(FAILED if isinstance(end, BrokenPipeError) else INTERRUPTED)
