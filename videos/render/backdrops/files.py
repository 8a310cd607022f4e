"""Which files make a backdrop: up to twelve pictures, or one video."""

from collections.abc import Sequence
from pathlib import Path

from videos.render.backdrops.loop_conversion import convert_loop
from videos.render.backdrops.loop_source import find_demuxer
from videos.render.covers.formats import FORMAT_NAMES, START, find_format
from videos.render.covers.reading import read_picture
from videos.render.errors import BackdropError, CoverError

MAX_PICTURES = 12
TOO_MANY = f"These are %d pictures; at most {MAX_PICTURES} can be used. Leave some of them out."
MIXED = "A backdrop is one video, or up to twelve pictures: not both."
ONE_VIDEO = "A backdrop has one video only. Choose one of these."
LOOP_NAME = "loop.mp4"
CHECKED_SIDE = 64  # pixels in which a picture is tried


def prepare_backdrop(paths: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """Return the files of a backdrop as the renderer takes them; a video is put in ``folder``.

    Raises BackdropError with a sentence for what cannot be used.
    """
    videos = [path for path in paths if is_video(path)]
    check_number(len(paths) - len(videos), len(videos))
    if videos:
        convert_loop(videos[0], folder / LOOP_NAME)
        return (folder / LOOP_NAME,)
    for path in paths:
        try:
            read_picture(path, CHECKED_SIDE)
        except CoverError as error:
            raise BackdropError(f"{path.name}: {picture_sentence(error)}") from error
    return tuple(path.absolute() for path in paths)


def check_number(pictures: int, videos: int) -> None:
    """Raise BackdropError if so many pictures and videos cannot be one backdrop."""
    if videos and pictures:
        raise BackdropError(MIXED)
    if videos > 1:
        raise BackdropError(ONE_VIDEO)
    if pictures > MAX_PICTURES:
        raise BackdropError(TOO_MANY % pictures)


def is_video(path: Path) -> bool:
    """Return whether a file begins like a video. Raises BackdropError if it cannot be read."""
    try:
        with path.open("rb") as file:
            start = file.read(START)
    except OSError as error:
        raise BackdropError(f"{path.name} cannot be read: {error.strerror}.") from error
    return find_format(start) is None and find_demuxer(start) is not None


def picture_sentence(error: CoverError) -> str:
    """Return the sentence about a cover that cannot be used, as one about any picture."""
    return (
        str(error)
        .replace("The cover", "The picture")
        .replace(
            "Choose the file with the song's cover.",
            f"Choose a {FORMAT_NAMES} picture, or an MP4, MOV or WebM video.",
        )
    )
