"""Small pictures of a poster or a cover, made in a child process, ``pictures_child``."""

from dataclasses import dataclass
from subprocess import TimeoutExpired

from videos.render.errors import CoverError
from videos.render.sandbox.answers import decode_answer
from videos.render.sandbox.child_process import run_module

TIMEOUT = 30  # seconds; the child has less processor time
PREVIEW_SIZE = (1200, 630)  # pixels, as networks crop pictures of links
POSTER_SIDE = 854  # pixels of the longer side of the picture that a page shows before the film
THUMBNAIL_SIDE = 320  # of a picture in lists
UNREADABLE = "The picture cannot be read."
_STARTS = (b"\xff\xd8\xff", b"RIFF", b"RIFF")  # of a JPEG, and of WebP files


@dataclass(frozen=True)
class Pictures:
    """What is made of a poster, or of a cover: files as bytes."""

    preview: bytes  # JPEG
    poster: bytes  # WebP
    thumbnail: bytes  # WebP


def make_pictures_in_child(picture: bytes) -> Pictures:
    """Return the small pictures of a JPEG; raises ``CoverError`` where it cannot be read."""
    try:
        answer = run_module("videos.render.sandbox.pictures_child", timeout=TIMEOUT, data=picture)
        fields, files = decode_answer(answer)
        if "error" in fields:
            raise CoverError(UNREADABLE)
        parts = []
        for size, start in zip(fields["sizes"], _STARTS, strict=True):
            parts.append(files[: int(size)])
            files = files[int(size) :]
            if not parts[-1].startswith(start):
                raise CoverError(UNREADABLE)
    except (TimeoutExpired, ValueError, KeyError, TypeError) as error:
        raise CoverError(UNREADABLE) from error
    return Pictures(*parts)
