"""The frame in which other sites show a video: its size and its HTML."""

from dataclasses import dataclass
from html import escape

from videos.models import Video
from videos.share.addresses import embed_url

DEFAULT_WIDTH = 640  # pixels, as most pages have room for
SIZES = (480, 640, 854, 1280)  # widths that the share page offers, in pixels


@dataclass(frozen=True)
class Frame:
    """The size of a film's frame in CSS pixels."""

    width: int
    height: int


def frame_of(video: Video, width: int = DEFAULT_WIDTH) -> Frame:
    """Return the frame of ``width`` pixels; one of an upright film has this height instead."""
    ratio = _ratio(video)
    return Frame(width, round(width / ratio)) if ratio >= 1 else Frame(round(width * ratio), width)


def fit_frame(video: Video, max_width: int | None, max_height: int | None) -> Frame:
    """Return the largest frame of the film's ratio within these pixels; None is no limit."""
    ratio, usual = _ratio(video), frame_of(video)
    if max_width is None and max_height is None:
        return usual
    width = float(usual.width) if max_width is None else float(max_width)
    if max_height is not None:
        width = min(width, max_height * ratio)
    return Frame(max(1, int(width)), max(1, int(width / ratio)))


@dataclass(frozen=True)
class EmbedSize:
    """A size that the share page offers, with the HTML of it."""

    frame: Frame
    html: str
    is_default: bool


def embed_sizes(video: Video, start: float = 0) -> list[EmbedSize]:
    """Return the sizes that the share page offers, from small to large."""
    frames = [(width, frame_of(video, width)) for width in SIZES]
    return [
        EmbedSize(frame, embed_html(video, frame, start), width == DEFAULT_WIDTH)
        for width, frame in frames
    ]


def embed_html(video: Video, frame: Frame, start: float = 0) -> str:
    """Return the HTML that another site puts into its page."""
    return (
        f'<iframe src="{escape(embed_url(video, start))}" width="{frame.width}" '
        f'height="{frame.height}" title="{escape(str(video.title))}" frameborder="0" '
        f'loading="lazy" allow="autoplay; fullscreen; picture-in-picture" allowfullscreen></iframe>'
    )


def _ratio(video: Video) -> float:
    """Return the width of the film divided by its height."""
    if video.width and video.height:
        return video.width / video.height
    width, _, height = str(video.format).partition(":")
    return int(width) / int(height)
