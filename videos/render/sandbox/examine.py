"""What a film made elsewhere is: its size, its length, and a picture that stands for it.

The film is opened in a process of its own, so that a hostile file can crash nothing but that:
``python -m videos.render.sandbox.examine FILE POSTER``.
"""

import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

import av
import numpy as np
from PIL import Image

from videos.render.sandbox.film_process import ROOT, bare_environment

PATIENCE = 60  # seconds, by the clock and of a processor
MEMORY = 2 * 1024**3  # bytes
LONGEST_SIDE = 1920  # pixels of the poster
QUALITY = 88
MOMENTS = (0.33, 0.15, 0.5, 0.7, 0.02)  # of the length, where a telling picture may be
TELLING = 12.0  # standard deviation of the brightness, of 255, below which a picture says nothing
UNREADABLE = "The vendor's file is no film that can be played."
CUT_SHORT = "The vendor's file ends before the film does."


class FilmError(ValueError):
    """The file is no film; the text says why."""


@dataclass(frozen=True)
class Examined:
    """A film, as it is shown."""

    width: int  # pixels
    height: int
    duration: float  # seconds


def examine_apart(path: Path, poster: Path) -> Examined:
    """Examine the film at ``path`` in a child process and write its ``poster``, a JPEG.

    Raises ``FilmError``, also where the child crashes or takes too long.
    """
    command = [sys.executable, "-m", "videos.render.sandbox.examine", str(path), str(poster)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, cwd=ROOT, env=bare_environment(), capture_output=True, timeout=PATIENCE
        )
        told = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise FilmError(UNREADABLE) from error
    if "error" in told:
        raise FilmError(told["error"])
    return Examined(**told)


def examine(path: Path, poster: Path) -> Examined:
    """Examine the film at ``path`` in this process; raises ``FilmError``."""
    if not is_whole(path):
        raise FilmError(CUT_SHORT)
    try:
        with av.open(str(path), format="mp4") as container:
            if not container.streams.video:
                raise FilmError("The vendor's file has no picture.")
            duration = (container.duration or 0) / av.time_base
            picture = _telling(container, duration)
    except (av.FFmpegError, OSError, IndexError) as error:
        raise FilmError(UNREADABLE) from error
    if picture is None or duration <= 0:
        raise FilmError(UNREADABLE)
    width, height = picture.size
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    target = BytesIO()
    picture.save(target, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    poster.write_bytes(target.getvalue())
    return Examined(width, height, duration)


def is_whole(path: Path) -> bool:
    """Say whether an MP4 has all the bytes that its boxes promise.

    A server that tells no length may break off, and what there is plays well until it ends.
    """
    size, end = path.stat().st_size, 0
    with path.open("rb") as file:
        while end < size:
            file.seek(end)
            head = file.read(16)
            length = int.from_bytes(head[:4], "big")
            if length == 0:  # as long as there is something
                return True
            if length == 1:
                length = int.from_bytes(head[8:16], "big")
            if length < 8:
                return False
            end += length
    return end == size


def _telling(container: av.container.InputContainer, duration: float) -> Image.Image | None:
    """Return a picture of the film, the first that is neither black nor plain if there is one."""
    found: Image.Image | None = None
    for share in MOMENTS:
        container.seek(int(share * duration * av.time_base))
        frame = next(container.decode(video=0), None)
        if frame is None:
            continue
        picture = _upright(frame)
        if np.asarray(picture.convert("L")).std() >= TELLING:
            return picture
        found = found or picture
    return found


def _upright(frame: av.VideoFrame) -> Image.Image:
    """Return a frame as players show it: with square pixels, turned as the file says."""
    picture: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
    shape = frame.format and getattr(frame, "sample_aspect_ratio", None)
    if shape and shape != 1 and 0.1 < shape < 10:
        picture = picture.resize((max(2, round(picture.width * shape)), picture.height))
    turned = round(getattr(frame, "rotation", 0) or 0) % 360
    return picture.rotate(turned, expand=True) if turned else picture


def main(path: str, poster: str) -> None:
    """Print what the film is, or what is wrong with it, as JSON."""
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        told = asdict(examine(Path(path), Path(poster)))
    except FilmError as error:
        told = {"error": str(error)}
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
