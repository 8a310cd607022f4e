"""What can go wrong with a film, told apart by what the caller can do about it.

InputError      the person's file cannot be used: show them the text, a sentence
├── AudioError
└── CoverError
RenderError     our fault or the machine's (disk full, a worker killed): log it, try again
Stopped         the caller asked for it: nothing to tell
"""


class InputError(ValueError):
    """A file that was given cannot be used. The text is a sentence for whoever gave it."""


class AudioError(InputError):
    """The sound cannot be used."""


class CoverError(InputError):
    """The cover cannot be used."""


class RenderError(Exception):
    """The film could not be made, although nothing is known to be wrong with what was given."""


class Stopped(Exception):
    """The caller asked to stop, and nothing of the film is left."""
