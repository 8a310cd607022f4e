"""What can go wrong with a provider, by what a caller can do about it.

::

    ProviderError
    ├── Stopped          we asked for it: nothing is wrong
    ├── MediaError       the song itself cannot be used; another file can
    └── RenderFailed     the renderer broke; trying again may help

The text of each is a sentence for the person who ordered the film.
"""


class ProviderError(Exception):
    """A provider could not do what it was asked."""


class Stopped(ProviderError):
    """The work was stopped because the caller asked for it."""


class MediaError(ProviderError):
    """The song or its cover cannot be read; the text says why."""


class RenderFailed(ProviderError):
    """The renderer ended without a film."""
