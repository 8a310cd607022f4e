"""Converting a logo in a child process, ``logo_child``, which decodes it."""

from subprocess import TimeoutExpired

from videos.render.covers.formats import UNREADABLE_LOGO
from videos.render.errors import LogoError
from videos.render.sandbox.answers import decode_answer
from videos.render.sandbox.child_process import run_module

TIMEOUT = 20  # seconds; the child has less processor time
MAX_ANSWER = 32 << 20  # bytes
PNG_START = b"\x89PNG\r\n\x1a\n"


def convert_logo_in_child(picture: bytes) -> tuple[bytes, tuple[int, int]]:
    """Return ``picture`` as the PNG of ``convert_to_png`` and its size, made in a child process.

    Raises ``LogoError``, also where the child crashes or takes too long.
    """
    try:
        answer = run_module(
            "videos.render.sandbox.logo_child",
            timeout=TIMEOUT,
            data=picture,
            max_output=MAX_ANSWER,
        )
        fields, png = decode_answer(answer)
        if png.startswith(PNG_START):
            return png, (int(fields["width"]), int(fields["height"]))
        sentence = str(fields["error"])
    except (TimeoutExpired, ValueError, KeyError, TypeError) as error:
        raise LogoError(UNREADABLE_LOGO) from error
    raise LogoError(sentence)
