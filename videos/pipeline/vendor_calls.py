"""The vendors as all of us see them: asked with restraint, and left alone when they are down."""

import hashlib
import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.core.cache import cache
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from videos.models import Circuit
from videos.providers.base import MusicRecord, Vendor
from videos.providers.errors import Maintenance, ProviderError, Transient
from videos.providers.registry import vendor

logger = logging.getLogger(__name__)

HASTE = 4.0
"""Seconds that a page waits for a vendor."""

CREDITS_KEPT = 60  # seconds
MUSIC_SLOT = 0.5  # seconds: any second touches three at most, and three requests are allowed
MUSIC_KEPT = 5  # seconds that an answer serves those who get no slot
MUSIC_PATIENCE = 15.0  # seconds

T = TypeVar("T")


class VendorDown(ProviderError):
    """The vendor failed so often that nobody asks it until ``until``."""

    def __init__(self, label: str, until: datetime) -> None:
        at = time_format(timezone.localtime(until), "H:i:s")
        sentence = _("%(vendor)s does not answer at the moment. It is asked again at %(time)s.")
        super().__init__(sentence % {"vendor": label, "time": at})
        self.until = until


class NotOffered(ProviderError):
    """The vendor is not configured here."""


def named(provider: str) -> Vendor:
    """Return the vendor ``provider``; raises ``NotOffered``."""
    found = vendor(provider)
    if found is None:
        raise NotOffered(_("This provider is not set up here any more; choose another."))
    return found


def ask(asked: Vendor, question: Callable[[], T], *, in_haste: bool = False) -> T:
    """Return the answer to ``question``, unless the vendor is known to be down.

    What goes wrong on the vendor's side counts towards its circuit; what a page in haste did not
    wait for does not. Raises ``VendorDown`` and what the question raises.
    """
    if until := Circuit.objects.closed_until(asked.key):
        raise VendorDown(asked.label, until)
    try:
        answer = question()
    except (Transient, Maintenance) as error:
        if not in_haste:
            Circuit.objects.broke(asked.key, str(error))
        raise
    except ProviderError:
        Circuit.objects.worked(asked.key)
        raise
    Circuit.objects.worked(asked.key)
    return answer


def music(asked: Vendor, task_id: str) -> MusicRecord:
    """Return what the vendor says of a music task: at most three requests a second reach it.

    kie.ai, Get Music Task Details: "Maximum query rate: 3 requests per second per task".
    """
    key = f"music:{asked.key}:{hashlib.sha256(task_id.encode()).hexdigest()}"
    while not cache.add(f"{key}:{int(time.time() / MUSIC_SLOT)}", 1, MUSIC_KEPT):
        known: MusicRecord | None = cache.get(key)
        if known is not None:
            return known
        time.sleep(MUSIC_SLOT / 2)
    record = ask(asked, lambda: asked.music(task_id, MUSIC_PATIENCE))
    cache.set(key, record, MUSIC_KEPT)
    return record


def credits(provider: str) -> float | None:
    """Return the credits of our account at ``provider``, at most a minute old; None if unknown."""
    asked = vendor(provider)
    if asked is None:
        return None
    key = f"credits:{provider}"
    if cache.add(f"{key}:asked", 1, CREDITS_KEPT):
        cache.set(key, _ask_credits(asked), 2 * CREDITS_KEPT)
    known: float | None = cache.get(key)
    return known


def _ask_credits(asked: Vendor) -> float | None:
    try:
        credits = ask(asked, lambda: asked.credits(HASTE), in_haste=True)
    except ProviderError as error:
        logger.warning("Credits of %s are not known: %s", asked.key, error)
        return None
    Circuit.objects.has_credits(asked.key, credits)
    return credits
