"""Converting a looping video in a child process, ``backdrop_child``, which decodes it."""

from pathlib import Path
from shutil import move
from subprocess import TimeoutExpired
from typing import NamedTuple

from videos.render.backdrops.formats import LOOP_NAME
from videos.render.errors import BackdropError, StorageError
from videos.render.errors import gettext_noop as _
from videos.render.sandbox.answers import decode_answer
from videos.render.sandbox.child_process import run_module, scratch_folder

TIMEOUT = 120.0  # seconds; the child has less processor time
UNREADABLE = _(
    "This video cannot be read: its file is damaged, or takes too long. "
    "Export it as MP4 with H.264, in 1080p at most."
)


class LoopInfo(NamedTuple):
    """A converted video: its sides in pixels, and its length in seconds."""

    width: int
    height: int
    duration: float


def convert_loop_in_child(source: Path, target: Path) -> LoopInfo:
    """Make ``target`` of a stranger's video as ``convert_loop`` does, in a child process.

    Raises ``BackdropError``, also where the child crashes or takes too long, and StorageError if a
    disk is full.
    """
    with scratch_folder() as folder:
        scratch = Path(folder)
        try:
            answer = run_module(
                "videos.render.sandbox.backdrop_child",
                str(source.absolute()),
                timeout=TIMEOUT,
                scratch=scratch,
            )
            fields, _body = decode_answer(answer)
            if "storage" in fields:
                raise StorageError(str(fields["storage"]))
            if "error" in fields:
                raise BackdropError(str(fields["error"]))
            info = LoopInfo(int(fields["width"]), int(fields["height"]), float(fields["duration"]))
            move(scratch / LOOP_NAME, target)
        except BackdropError:
            raise
        except (TimeoutExpired, ValueError, KeyError, TypeError, FileNotFoundError) as error:
            raise BackdropError(UNREADABLE) from error
    return info
