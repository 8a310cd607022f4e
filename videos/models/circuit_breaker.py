"""A circuit breaker for each vendor, shared by all processes, with the credits of our account.

After several failures in a row the circuit opens: no request is sent to the vendor for a while.
Then one caller tries; its success closes the circuit, its failure keeps it open for twice as
long.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.vendors import VENDORS

FAILURE_THRESHOLD = 5  # failures in a row that open the circuit
MIN_BACKOFF = timedelta(seconds=30)
MAX_BACKOFF = timedelta(minutes=10)
TRIAL_TIMEOUT = timedelta(seconds=30)  # of the one caller that tries an open circuit
SUCCESS_INTERVAL = timedelta(seconds=10)  # a success so soon after another is not written


class CircuitQuerySet(models.QuerySet["Circuit"]):
    """Reads and updates the circuits of all vendors."""

    def for_provider(self, provider: str) -> "Circuit":
        """Return the circuit of ``provider``; creates it where there is none."""
        return self.get_or_create(provider=provider)[0]

    def blocked_until(self, provider: str) -> datetime | None:
        """Return until when no request may be sent to ``provider``, or None for now.

        Of the callers that come once the time is over, one gets None; the others wait for what
        that trial finds.
        """
        circuit, now = self.for_provider(provider), clock.now()
        if circuit.open_until is None:
            return None
        if circuit.open_until > now:
            return circuit.open_until
        trial = now + TRIAL_TIMEOUT
        is_trial = self.filter(provider=provider, open_until=circuit.open_until).update(
            open_until=trial
        )
        return None if is_trial else trial

    def record_success(self, provider: str) -> None:
        """Record that ``provider`` answered; this closes its circuit."""
        now = clock.now()
        stale = (
            Q(answered_at__isnull=True)
            | Q(answered_at__lt=now - SUCCESS_INTERVAL)
            | Q(failures__gt=0)
        )
        self.filter(stale, provider=provider).update(answered_at=now, failures=0, open_until=None)

    def record_failure(self, provider: str, error: str) -> None:
        """Record that ``provider`` did not answer as it should; open the circuit after several."""
        self.filter(provider=provider).update(
            failures=F("failures") + 1, failed_at=clock.now(), last_error=error[:300]
        )
        failures = self.for_provider(provider).failures
        if failures >= FAILURE_THRESHOLD:
            backoff = min(MAX_BACKOFF, MIN_BACKOFF * 2 ** min(10, failures - FAILURE_THRESHOLD))
            self.filter(provider=provider).update(open_until=clock.now() + backoff)

    def recent_credits(self, provider: str, max_age: timedelta) -> float | None:
        """Return the credits that were read within ``max_age``; None where there are none."""
        rows = self.filter(provider=provider, credits_at__gte=clock.now() - max_age)
        return rows.values_list("credits", flat=True).first()

    def record_credits(self, provider: str, credits: float) -> None:
        """Record how many credits our account at ``provider`` has."""
        self.for_provider(provider)
        self.filter(provider=provider).update(credits=credits, credits_at=clock.now())


class Circuit(models.Model):
    """The circuit of one vendor."""

    provider = models.CharField(_("provider"), max_length=20, primary_key=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    open_until = models.DateTimeField(
        _("blocked until"), null=True, blank=True, help_text=_("Empty while requests are sent.")
    )
    answered_at = models.DateTimeField(_("last answer"), null=True, blank=True)
    failed_at = models.DateTimeField(_("last failure"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    credits = models.FloatField(_("credits"), null=True, blank=True)
    credits_at = models.DateTimeField(_("credits read"), null=True, blank=True)

    objects: ClassVar[CircuitQuerySet] = CircuitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("vendor")
        verbose_name_plural = _("vendors")
        ordering = ("provider",)

    def __str__(self) -> str:
        return self.provider

    @property
    def label(self) -> str:
        """The vendor's name on pages."""
        return VENDORS[self.provider].label if self.provider in VENDORS else self.provider

    @property
    def is_open(self) -> bool:
        """Whether no requests are sent to the vendor now."""
        return self.open_until is not None and self.open_until > clock.now()
