"""What can go wrong with a film, told apart by what the caller can do about it.

InputError      the person's file cannot be used: show them the text, a sentence
├── AudioError
├── BackdropError
├── CoverError
└── LogoError
RenderError     our fault or the machine's (a worker killed): log it, try again
└── StorageError  a disk is full: wait for room, then try again
Stopped         the caller asked for it: nothing to tell

The sentences are English: the renderer knows neither languages nor Django. They are marked;
``videos/languages/late_translation.py`` finds the text that each was made of, and its words.
"""

import errno

FULL_DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT}


def gettext_noop(text: str) -> str:
    """Return ``text``, which is marked for translation."""
    return text


class InputError(ValueError):
    """A file that was given cannot be used. The text is a sentence for whoever gave it."""


class AudioError(InputError):
    """The sound cannot be used."""


class BackdropError(InputError):
    """The pictures or the video behind or above the words cannot be used."""


class LogoError(InputError):
    """The logo cannot be used."""


class CoverError(InputError):
    """The cover cannot be used."""


class RenderError(Exception):
    """The film could not be made, although nothing is known to be wrong with what was given."""


class StorageError(RenderError):
    """A file could not be written because there is no room left for it."""


class Stopped(Exception):
    """The caller asked to stop, and nothing of the film is left."""


def is_disk_full(error: BaseException | None) -> bool:
    """Return whether ``error``, or what caused it, says that a disk or a quota is full."""
    while error is not None:
        if isinstance(error, StorageError) or getattr(error, "errno", None) in FULL_DISK_ERRORS:
            return True
        error = error.__cause__ or error.__context__
    return False
