"""Every request to a vendor goes through here: circuit breaker, rate limit, cached credits."""

import hashlib
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from django.core.cache import cache
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from videos.models import Circuit, RateLimitSlot
from videos.pipeline.claim import DATABASE_IS_AWAY
from videos.providers import error_messages, registry
from videos.providers.base import MusicRecord, Vendor
from videos.providers.errors import (
    Invalid,
    Maintenance,
    NotFound,
    ProviderError,
    Throttled,
    Transient,
)

logger = logging.getLogger(__name__)

PAGE_TIMEOUT = 4.0  # seconds that a page waits for a vendor
CREDITS_TTL = 60  # seconds
CREDITS_AGE = timedelta(seconds=CREDITS_TTL + 5)  # of the row that serves without a cache
MUSIC_SLOT = 0.5  # seconds between two requests: four take longer than a second, even if late
MUSIC_TTL = 5  # seconds for which a cached record serves callers that get no slot
MUSIC_TIMEOUT = 15.0  # seconds
MUSIC_WAIT = 5.0  # seconds that a caller waits for the request of another one, or for a slot
UNKNOWN_TTL = 30  # seconds for which an id that the vendor does not know is not requested again

T = TypeVar("T")


class VendorUnavailable(ProviderError):
    """The circuit of the vendor is open: no request is sent to it before ``until``."""

    def __init__(self, label: str, until: datetime) -> None:
        at = time_format(timezone.localtime(until), "H:i:s")
        sentence = _("%(vendor)s does not answer at the moment. It is asked again at %(time)s.")
        super().__init__(sentence % {"vendor": label, "time": at})
        self.until = until


class VendorNotConfigured(ProviderError):
    """The vendor is not configured here."""


def get_vendor(provider: str) -> Vendor:
    """Return the vendor with the key ``provider``; raises ``VendorNotConfigured``."""
    vendor = registry.vendor(provider)
    if vendor is None:
        raise VendorNotConfigured(_("This provider is not set up here any more; choose another."))
    return vendor


def call(vendor: Vendor, request: Callable[[], T], *, counts_failure: bool = True) -> T:
    """Return the result of ``request``, unless the circuit of ``vendor`` is open.

    Failures on the vendor's side count towards its circuit; with ``counts_failure=False``, for
    pages, which have a short time-out, only successes do. Raises ``VendorUnavailable`` and what
    ``request`` raises.
    """
    if until := _blocked_until(vendor):
        raise VendorUnavailable(vendor.label, until)
    try:
        result = request()
    except (Transient, Maintenance) as error:
        if counts_failure:
            _record(partial(Circuit.objects.record_failure, vendor.key, str(error)))
        raise
    except ProviderError:
        _record(partial(Circuit.objects.record_success, vendor.key))
        raise
    _record(partial(Circuit.objects.record_success, vendor.key))
    return result


def _blocked_until(vendor: Vendor) -> datetime | None:
    """Return until when the circuit is open; None without a database.

    An error here would look as if it came after the request: an order that was never sent would
    count as one whose answer is unknown.
    """
    try:
        return Circuit.objects.blocked_until(vendor.key)
    except DATABASE_IS_AWAY as error:
        logger.warning("A vendor's circuit could not be read: %s", type(error).__name__)
        return None


def _record(write: Callable[[], None]) -> None:
    """Write how a vendor answered; without a database the answer itself must not be lost."""
    try:
        write()
    except DATABASE_IS_AWAY as error:
        logger.warning("A vendor's circuit could not be written: %s", type(error).__name__)


def music_record(vendor: Vendor, task_id: str) -> MusicRecord:
    """Return the record of a music task; at most three requests a second reach the vendor.

    The database counts them, so that the limit holds while the cache is away, too.
    kie.ai, Get Music Task Details: "Maximum query rate: 3 requests per second per task".
    While one caller requests a task, the others wait for its answer; an id that the vendor does
    not know is not requested again for ``UNKNOWN_TTL``.
    """
    key = f"music:{vendor.key}:{hashlib.sha256(task_id.encode()).hexdigest()}"
    deadline = time.monotonic() + MUSIC_WAIT
    while True:
        refusal: ProviderError | None = cache.get(f"{key}:unknown")
        if refusal is not None:
            raise refusal
        if not cache.get(f"{key}:busy") and not RateLimitSlot.objects.acquire(key, 1, MUSIC_SLOT):
            return _request_record(vendor, task_id, key)
        cached: MusicRecord | None = cache.get(key)
        if cached is not None:
            return cached
        if time.monotonic() > deadline:
            raise Throttled(error_messages.sentence_for(Throttled, vendor.label))
        time.sleep(MUSIC_SLOT / 2)


def _request_record(vendor: Vendor, task_id: str, key: str) -> MusicRecord:
    cache.set(f"{key}:busy", 1, MUSIC_TIMEOUT)
    try:
        record = call(vendor, lambda: vendor.music(task_id, MUSIC_TIMEOUT))
    except (Invalid, NotFound) as error:
        cache.set(f"{key}:unknown", error, UNKNOWN_TTL)
        raise
    finally:
        cache.delete(f"{key}:busy")
    cache.set(key, record, MUSIC_TTL)
    return record


def credits(provider: str) -> float | None:
    """Return the credits of our account at ``provider``, at most a minute old; None if unknown."""
    vendor = registry.vendor(provider)
    if vendor is None:
        return None
    key = f"credits:{provider}"
    if not RateLimitSlot.objects.acquire(key, 1, CREDITS_TTL):
        credits = _request_credits(vendor)
        cache.set(key, credits, 2 * CREDITS_TTL)
        return credits
    cached: float | None = cache.get(key)
    return cached if cached is not None else Circuit.objects.recent_credits(provider, CREDITS_AGE)


def _request_credits(vendor: Vendor) -> float | None:
    try:
        credits = call(vendor, lambda: vendor.credits(PAGE_TIMEOUT), counts_failure=False)
    except ProviderError as error:
        logger.warning("Credits of %s are not known: %s", vendor.key, error)
        return None
    Circuit.objects.record_credits(vendor.key, credits)
    return credits
