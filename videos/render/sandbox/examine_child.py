"""The child process of ``examine_in_child``: ``python -m videos.render.sandbox.examine_child F``.

It finds the size and the duration of a vendor's film, and makes a poster of it.
"""

import sys
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from PIL import Image

from videos.render.errors import gettext_noop as _
from videos.render.sandbox.answers import encode_answer
from videos.render.sandbox.confinement import confine
from videos.render.sandbox.examine import (
    MAX_PIXELS,
    MAX_POSTER_SIDE,
    OPTIONS,
    TRUNCATED,
    UNREADABLE,
    FilmError,
    FilmInfo,
)
from videos.render.sandbox.limits import Limits

LIMITS = Limits(memory=1536, cpu_seconds=40)
POSTER_QUALITY = 88
POSTER_POSITIONS = (0.33, 0.15, 0.5, 0.7, 0.02)  # of the duration, tried in this order
MIN_CONTRAST = 12.0  # standard deviation of the luma (0 to 255); below it a frame is black or plain


def examine(path: Path) -> tuple[FilmInfo, bytes]:
    """Return what the film at ``path`` is, and its poster, a JPEG. Raises ``FilmError``."""
    if not is_complete(path):
        raise FilmError(TRUNCATED)
    try:
        with av.open(
            str(path.absolute()), format="mp4", options=OPTIONS, container_options=OPTIONS
        ) as container:
            _check_stream(container)
            duration = (container.duration or 0) / av.time_base
            picture = _choose_poster(container, duration)
    except (av.FFmpegError, OSError, IndexError) as error:
        raise FilmError(UNREADABLE) from error
    if picture is None or duration <= 0:
        raise FilmError(UNREADABLE)
    width, height = picture.size
    picture.thumbnail((MAX_POSTER_SIDE, MAX_POSTER_SIDE), Image.Resampling.LANCZOS)
    target = BytesIO()
    picture.save(target, "JPEG", quality=POSTER_QUALITY, optimize=True, progressive=True)
    return FilmInfo(width, height, duration), target.getvalue()


def is_complete(path: Path) -> bool:
    """Return whether an MP4 has all the bytes that the sizes of its boxes add up to.

    A download without Content-Length may be truncated, and plays well until it ends.
    """
    size, end = path.stat().st_size, 0
    with path.open("rb") as file:
        while end < size:
            file.seek(end)
            head = file.read(16)
            length = int.from_bytes(head[:4], "big")
            if length == 0:  # the box extends to the end of the file
                return True
            if length == 1:
                length = int.from_bytes(head[8:16], "big")
            if length < 8:
                return False
            end += length
    return end == size


def _check_stream(container: av.container.InputContainer) -> None:
    """Raise FilmError if there is no picture, or too large a one; let one thread decode it."""
    if not container.streams.video:
        raise FilmError(_("The vendor's file has no picture."))
    stream = container.streams.video[0]
    if stream.width * stream.height > MAX_PIXELS:
        raise FilmError(UNREADABLE)
    stream.codec_context.thread_count = 1


def _choose_poster(container: av.container.InputContainer, duration: float) -> Image.Image | None:
    """Return the first frame that is neither black nor plain, else any frame, else None."""
    fallback: Image.Image | None = None
    for position in POSTER_POSITIONS:
        container.seek(int(position * duration * av.time_base))
        frame = next(container.decode(video=0), None)
        if frame is None:
            continue
        picture = _to_image(frame)
        if np.asarray(picture.convert("L")).std() >= MIN_CONTRAST:
            return picture
        fallback = fallback or picture
    return fallback


def _to_image(frame: av.VideoFrame) -> Image.Image:
    """Return a frame as players show it: with square pixels, and rotated as the file says."""
    picture: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
    pixel_aspect = frame.format and getattr(frame, "sample_aspect_ratio", None)
    if pixel_aspect and pixel_aspect != 1 and 0.1 < pixel_aspect < 10:
        picture = picture.resize((max(2, round(picture.width * pixel_aspect)), picture.height))
    rotation = round(getattr(frame, "rotation", 0) or 0) % 360
    return picture.rotate(rotation, expand=True) if rotation else picture


def main(path: str, target: BinaryIO) -> None:
    """Write the ``FilmInfo`` and the poster, or an error, to ``target``."""
    confine(LIMITS, readable=[Path(path)])
    try:
        info, poster = examine(Path(path))
        answer = encode_answer(asdict(info), poster)
    except FilmError as error:
        answer = encode_answer({"error": str(error)})
    target.write(answer)


if __name__ == "__main__":
    main(sys.argv[1], sys.stdout.buffer)
