"""The errors of providers, classed by what a caller can do about them.

::

    ProviderError
    ├── Stopped                  the caller stopped the work: nothing is wrong
    ├── MediaError               the song or cover cannot be used; another file can
    ├── RenderFailed             the renderer broke; a retry may help
    ├── StorageFull              a disk of ours is full: wait for room, then retry
    └── VendorError              the vendor did not do what it was asked
        ├── AuthenticationError  our key is missing or wrong: an operator has to mend it
        ├── CreditsError         our account is out of credits: an operator has to top it up
        ├── Throttled            rate limit: retry after ``retry_after`` seconds
        ├── AlreadyExists        made before, as ``task_id`` where the vendor returns it
        ├── Invalid              the request is refused; a retry will be refused, too
        │   └── NotYet           the vendor has no record of the task, perhaps not yet
        ├── NotFound             there is no such task
        ├── Maintenance          the vendor is under maintenance: retry later
        ├── Transient            no response, or none that can be parsed: retry
        ├── GenerationFailed     the vendor tried and could not
        └── Disabled             the vendor does not offer this

The text of each is a sentence for the person who ordered the film.
"""


class ProviderError(Exception):
    """A provider could not do what it was asked."""


class Stopped(ProviderError):
    """The caller stopped the work."""


class MediaError(ProviderError):
    """The song or its cover cannot be read; the text says why."""


class RenderFailed(ProviderError):
    """The renderer ended without a film."""


class StorageFull(ProviderError):
    """A file could not be written because there is no room left for it."""


class VendorError(ProviderError):
    """A vendor did not do what it was asked.

    ``vendor`` is its name, ``code`` the code that it returned, ``vendor_message`` its own message
    on one line.
    """

    def __init__(
        self, sentence: str, *, vendor: str = "", code: int | None = None, vendor_message: str = ""
    ) -> None:
        super().__init__(sentence)
        self.vendor = vendor
        self.code = code
        self.vendor_message = vendor_message


class AuthenticationError(VendorError):
    """The vendor does not accept our key."""


class CreditsError(VendorError):
    """Our account has too few credits."""


class Throttled(VendorError):
    """The rate limit of the vendor is exceeded: it dropped the request."""

    retry_after = 10.0  # seconds until the next request may be sent


class AlreadyExists(VendorError):
    """The vendor has made, or makes, this film."""

    task_id = ""  # the vendor's id of it, where it returns one


class Invalid(VendorError):
    """The vendor refuses the request."""


class NotYet(Invalid):
    """The vendor has no record of the task: it is too early, or the id is wrong."""


class NotFound(VendorError):
    """The vendor does not know the task."""


class Maintenance(VendorError):
    """The vendor is under maintenance."""


class Transient(VendorError):
    """The vendor did not respond, or its response cannot be parsed."""

    may_have_arrived = True  # whether the request may have reached the vendor


class GenerationFailed(VendorError):
    """The vendor tried and failed."""


class Disabled(VendorError):
    """The vendor does not offer what was asked."""
