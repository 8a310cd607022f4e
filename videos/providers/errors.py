"""What can go wrong with a provider, by what a caller can do about it.

::

    ProviderError
    ├── Stopped                  we asked for it: nothing is wrong
    ├── MediaError               the song itself cannot be used; another file can
    ├── RenderFailed             the renderer broke; trying again may help
    └── VendorError              the vendor did not do it
        ├── AuthenticationError  our key is missing or wrong: an operator has to mend it
        ├── CreditsError         our account is out of credits: an operator has to top it up
        ├── Throttled            dropped, not queued: ask again after ``wait`` seconds
        ├── AlreadyExists        made before, as ``task_id`` where the vendor tells
        ├── Invalid              what was sent is refused; the same again will be, too
        │   └── NotYet           the task is not known, perhaps not yet
        ├── NotFound             there is no such task
        ├── Maintenance          the vendor works on itself: later, nothing has failed
        ├── Transient            no answer, or none that can be read: ask again
        ├── GenerationFailed     the vendor tried and could not
        └── Disabled             the vendor does not offer this

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


class VendorError(ProviderError):
    """A vendor did not do what it was asked.

    ``vendor`` is its name, ``code`` the number that it gave, ``said`` its own words on one line.
    """

    def __init__(
        self, sentence: str, *, vendor: str = "", code: int | None = None, said: str = ""
    ) -> None:
        super().__init__(sentence)
        self.vendor = vendor
        self.code = code
        self.said = said


class AuthenticationError(VendorError):
    """The vendor does not accept our key."""


class CreditsError(VendorError):
    """The account has not enough credits."""


class Throttled(VendorError):
    """The vendor was called too often and dropped the request."""

    wait = 10.0
    """Seconds until it may be asked again."""


class AlreadyExists(VendorError):
    """The vendor has made, or makes, this film."""

    task_id = ""
    """The vendor's id of it, where it tells."""


class Invalid(VendorError):
    """The vendor refuses what was sent."""


class NotYet(Invalid):
    """The vendor has no record of the task: it is too early, or the id is wrong."""


class NotFound(VendorError):
    """The vendor does not know the task."""


class Maintenance(VendorError):
    """The vendor is under maintenance."""


class Transient(VendorError):
    """The vendor did not answer, or not in a way that can be read."""

    sent = True
    """Whether the request may have reached the vendor."""


class GenerationFailed(VendorError):
    """The vendor tried and failed."""


class Disabled(VendorError):
    """The vendor does not offer what was asked."""
