"""What a backdrop is made of, by the first bytes of its files: pictures, or one video."""

from pathlib import Path

from videos.render.covers.formats import START, find_format
from videos.render.errors import BackdropError, CoverError
from videos.render.errors import gettext_noop as _

MAX_PICTURES = 12
TOO_MANY = _("These are %(count)d pictures; at most %(max)d can be used. Leave some of them out.")
MIXED = _("A backdrop is one video, or up to twelve pictures: not both.")
ONE_VIDEO = _("A backdrop has one video only. Choose one of these.")
LOOP_NAME = "loop.mp4"


def check_number(pictures: int, videos: int) -> None:
    """Raise BackdropError if so many pictures and videos cannot be one backdrop."""
    if videos and pictures:
        raise BackdropError(MIXED)
    if videos > 1:
        raise BackdropError(ONE_VIDEO)
    if pictures > MAX_PICTURES:
        raise BackdropError(TOO_MANY % {"count": pictures, "max": MAX_PICTURES})


def is_video(path: Path) -> bool:
    """Return whether a file begins like a video. Raises BackdropError if it cannot be read."""
    try:
        with path.open("rb") as file:
            start = file.read(START)
    except OSError as error:
        words = {"file": path.name, "error": error.strerror}
        raise BackdropError(_("%(file)s cannot be read: %(error)s.") % words) from error
    return find_format(start) is None and find_demuxer(start) is not None


def find_demuxer(start: bytes) -> str | None:
    """Return FFmpeg's demuxer for a file that begins so, None if its format is not taken."""
    if start[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free"}:
        return "mov"
    return "matroska" if start.startswith(b"\x1aE\xdf\xa3") else None


# What ``picture_sentence`` makes of the sentences about covers
PICTURE_SENTENCES = (
    _("The picture cannot be read: it is %(name)s. %(advice)s"),
    _("The picture cannot be read: its file is empty. Choose another one."),
    _("The picture cannot be read: %(error)s."),
    _(
        "The picture is too large: %(megapixels)d megapixels are the limit. Make it smaller and "
        "use that."
    ),
    _(
        "The picture cannot be read: this %(format)s file is damaged or not whole. Save or "
        "download it again and use that."
    ),
    _(
        "The picture cannot be read: it is damaged or no JPEG, PNG, WebP or AVIF picture. Use "
        "another file."
    ),
    _(
        "The picture cannot be read: its file is damaged, or takes too long. Save it as a JPEG "
        "file and use that."
    ),
)


def picture_sentence(error: CoverError) -> str:
    """Return the sentence about a cover that cannot be used, as one about any picture."""
    return (
        str(error)
        .replace("The cover", "The picture")
        .replace(
            "Choose the file with the song's cover.",
            _("Choose a JPEG, PNG, WebP or AVIF picture, or an MP4, MOV or WebM video."),
        )
    )
