"""Examining a vendor's film in a child process: its size, its duration, and a poster.

The child process is ``python -m videos.render.sandbox.examine FILE POSTER``; it prints JSON.
"""

import json
import sys
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from subprocess import TimeoutExpired

import av
import numpy as np
from PIL import Image

from videos.render.sandbox.child_process import run_module
from videos.render.sandbox.limits import limit_memory, limit_processor_time

TIMEOUT = 60  # seconds, of wall-clock time and of processor time
MAX_MEMORY = 2 * 1024**3  # bytes
MAX_POSTER_SIDE = 1920  # pixels
POSTER_QUALITY = 88
POSTER_POSITIONS = (0.33, 0.15, 0.5, 0.7, 0.02)  # of the duration, tried in this order
MIN_CONTRAST = 12.0  # standard deviation of the luma (0 to 255); below it a frame is black or plain
UNREADABLE = "The vendor's file is no film that can be played."
TRUNCATED = "The vendor's file ends before the film does."


class FilmError(ValueError):
    """The file cannot be used as a film. The text is a sentence that says why."""


@dataclass(frozen=True)
class FilmInfo:
    """The size of a film as players show it, and its duration."""

    width: int  # pixels
    height: int
    duration: float  # seconds


def examine_in_child(path: Path, poster: Path) -> FilmInfo:
    """Examine the film at ``path`` in a child process and write its ``poster``, a JPEG.

    Raises ``FilmError``, also where the child crashes or takes too long.
    """
    module = "videos.render.sandbox.examine"
    try:
        result = json.loads(run_module(module, str(path), str(poster), timeout=TIMEOUT))
    except (TimeoutExpired, ValueError) as error:
        raise FilmError(UNREADABLE) from error
    if "error" in result:
        raise FilmError(result["error"])
    return FilmInfo(**result)


def examine(path: Path, poster: Path) -> FilmInfo:
    """Examine the film at ``path`` in this process and write its poster. Raises ``FilmError``."""
    if not is_complete(path):
        raise FilmError(TRUNCATED)
    try:
        with av.open(str(path), format="mp4") as container:
            if not container.streams.video:
                raise FilmError("The vendor's file has no picture.")
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
    poster.write_bytes(target.getvalue())
    return FilmInfo(width, height, duration)


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


def main(path: str, poster: str) -> None:
    """Print the ``FilmInfo``, or an error, as JSON."""
    limit_processor_time(TIMEOUT)
    limit_memory(MAX_MEMORY)
    try:
        result = asdict(examine(Path(path), Path(poster)))
    except FilmError as error:
        result = {"error": str(error)}
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
