"""How each vendor is doing: a circuit breaker that all processes share, and its credits.

After a row of failures the circuit opens: nobody asks the vendor for a while, then one caller
tries, and by what it meets the circuit closes or stays open twice as long.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST_FAILURES = 5  # in a row, until nobody asks any more
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=10)
TRIAL = timedelta(seconds=30)  # how long one caller may take to find out
FRESH = timedelta(seconds=10)  # a success that follows another so soon is not written down


class CircuitQuerySet(models.QuerySet["Circuit"]):
    """What is known of the vendors, and what becomes known."""

    def of(self, provider: str) -> "Circuit":
        """Return the circuit of ``provider``, making it where there is none."""
        return self.get_or_create(provider=provider)[0]

    def closed_until(self, provider: str) -> datetime | None:
        """Return when ``provider`` may be asked again, or None for now.

        Of those who come once the pause is over, one gets None; the others wait for what it meets.
        """
        circuit, now = self.of(provider), timezone.now()
        if circuit.open_until is None:
            return None
        if circuit.open_until > now:
            return circuit.open_until
        trial = now + TRIAL
        mine = self.filter(provider=provider, open_until=circuit.open_until).update(
            open_until=trial
        )
        return None if mine else trial

    def worked(self, provider: str) -> None:
        """Note that ``provider`` answered."""
        now = timezone.now()
        stale = Q(answered_at__isnull=True) | Q(answered_at__lt=now - FRESH) | Q(failures__gt=0)
        self.filter(stale, provider=provider).update(answered_at=now, failures=0, open_until=None)

    def broke(self, provider: str, error: str) -> None:
        """Note that ``provider`` did not answer as it should; open the circuit after many."""
        self.filter(provider=provider).update(
            failures=F("failures") + 1, failed_at=timezone.now(), last_error=error[:300]
        )
        failures = self.of(provider).failures
        if failures >= MOST_FAILURES:
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(10, failures - MOST_FAILURES))
            self.filter(provider=provider).update(open_until=timezone.now() + pause)

    def has_credits(self, provider: str, credits: float) -> None:
        """Note how many credits our account at ``provider`` has."""
        self.of(provider)
        self.filter(provider=provider).update(credits=credits, credits_at=timezone.now())


class Circuit(models.Model):
    """One vendor as all processes see it."""

    provider = models.CharField(_("provider"), max_length=20, primary_key=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    open_until = models.DateTimeField(
        _("not asked until"), null=True, blank=True, help_text=_("Empty while it is asked.")
    )
    answered_at = models.DateTimeField(_("last answer"), null=True, blank=True)
    failed_at = models.DateTimeField(_("last failure"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    credits = models.FloatField(_("credits"), null=True, blank=True)
    credits_at = models.DateTimeField(_("credits asked for"), null=True, blank=True)

    objects: ClassVar[CircuitQuerySet] = CircuitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("vendor")
        verbose_name_plural = _("vendors")
        ordering = ("provider",)

    def __str__(self) -> str:
        return self.provider

    @property
    def is_open(self) -> bool:
        """Whether nobody asks the vendor now."""
        return self.open_until is not None and self.open_until > timezone.now()
