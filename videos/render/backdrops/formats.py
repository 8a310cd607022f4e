"""What a backdrop is made of, by the first bytes of its files: pictures, or one video."""

from pathlib import Path

from videos.render.covers.formats import FORMAT_NAMES, START, find_format
from videos.render.errors import BackdropError, CoverError

MAX_PICTURES = 12
VIDEO_FORMATS = "MP4, MOV or WebM"
TOO_MANY = f"These are %d pictures; at most {MAX_PICTURES} can be used. Leave some of them out."
MIXED = "A backdrop is one video, or up to twelve pictures: not both."
ONE_VIDEO = "A backdrop has one video only. Choose one of these."
LOOP_NAME = "loop.mp4"


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


def find_demuxer(start: bytes) -> str | None:
    """Return FFmpeg's demuxer for a file that begins so, None if its format is not taken."""
    if start[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free"}:
        return "mov"
    return "matroska" if start.startswith(b"\x1aE\xdf\xa3") else None


def picture_sentence(error: CoverError) -> str:
    """Return the sentence about a cover that cannot be used, as one about any picture."""
    return (
        str(error)
        .replace("The cover", "The picture")
        .replace(
            "Choose the file with the song's cover.",
            f"Choose a {FORMAT_NAMES} picture, or an {VIDEO_FORMATS} video.",
        )
    )
