"""The child process of ``convert_loop_in_child``: ``python -m videos.render.sandbox.backdrop_child
FILE``. It writes what it makes to its folder of temporary files.
"""

import sys
from pathlib import Path
from tempfile import gettempdir
from typing import BinaryIO

import av

from videos.render.backdrops.formats import LOOP_NAME
from videos.render.backdrops.loop_conversion import convert_loop
from videos.render.backdrops.loop_film import RATE, LoopFilm
from videos.render.errors import BackdropError, is_disk_full
from videos.render.sandbox.answers import encode_answer
from videos.render.sandbox.backdrop import UNREADABLE
from videos.render.sandbox.confinement import confine
from videos.render.sandbox.limits import Limits

LIMITS = Limits(memory=2048, cpu_seconds=100, file_size=256)


def main(path: str, target: BinaryIO) -> None:
    """Convert the video at ``path``, and write what came of it to ``target``."""
    folder = Path(gettempdir())
    confine(LIMITS, readable=[Path(path)], writable=[folder])
    target.write(encode_answer(convert(Path(path), folder / LOOP_NAME)))


def convert(source: Path, made: Path) -> dict[str, object]:
    """Return what is answered: the numbers of the video, or an error."""
    try:
        convert_loop(source, made)
        film = LoopFilm(made)
    except BackdropError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": UNREADABLE}
    except (OSError, av.FFmpegError) as error:
        key = "storage" if is_disk_full(error) else "error"
        return {key: UNREADABLE}
    width, height = film.size
    return {"width": width, "height": height, "duration": film.frames / RATE}


if __name__ == "__main__":
    main(sys.argv[1], sys.stdout.buffer)
