"""Converting a cover in a child process, ``cover_child``, which decodes it."""

from subprocess import TimeoutExpired

from videos.render.errors import CoverError
from videos.render.errors import gettext_noop as _
from videos.render.sandbox.answers import decode_answer
from videos.render.sandbox.child_process import run_module

TIMEOUT = 20  # seconds; the child has less processor time
MAX_SIDE = 2048  # pixels, of a cover that is stored
MAX_ANSWER = 16 << 20  # bytes; a JPEG of that size has fewer
JPEG_START = b"\xff\xd8\xff"
UNREADABLE = _(
    "The cover cannot be read: its file is damaged, or takes too long. "
    "Save it as a JPEG file and use that."
)


def convert_in_child(picture: bytes, max_side: int = MAX_SIDE) -> bytes:
    """Return ``picture`` as the JPEG of ``convert_to_jpeg``, made in a child process.

    Raises ``CoverError``, also where the child crashes or takes too long.
    """
    try:
        answer = run_module(
            "videos.render.sandbox.cover_child",
            str(max_side),
            timeout=TIMEOUT,
            data=picture,
            max_output=MAX_ANSWER,
        )
        fields, jpeg = decode_answer(answer)
        if jpeg.startswith(JPEG_START):
            return jpeg
        sentence = str(fields["error"])
    except (TimeoutExpired, ValueError, KeyError) as error:
        raise CoverError(UNREADABLE) from error
    raise CoverError(sentence)
