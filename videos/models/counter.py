"""Counts that outlive processes and machines: what ``/metrics`` tells without reading every row."""

from typing import ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class CounterQuerySet(models.QuerySet["Counter"]):
    """Adds to counts, each by one statement."""

    def add(self, name: str, label: str = "", amount: float = 1) -> None:
        """Add ``amount`` to the count of ``name`` and ``label``; the first call creates it."""
        row = self.filter(name=name, label=label)
        if row.update(value=F("value") + amount):
            return
        try:
            with transaction.atomic():
                self.create(name=name, label=label, value=amount)
        except IntegrityError:  # another process created it at the same moment
            row.update(value=F("value") + amount)

    def values_of(self, name: str) -> dict[str, float]:
        """Return the counts of ``name`` by their label."""
        return dict(self.filter(name=name).values_list("label", "value"))


class Counter(models.Model):
    """A number that only grows."""

    name = models.CharField(_("name"), max_length=40)
    label = models.CharField(_("label"), max_length=80, blank=True)
    value = models.FloatField(_("value"), default=0)

    objects: ClassVar[CounterQuerySet] = CounterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        constraints = (models.UniqueConstraint(fields=("name", "label"), name="one_counter"),)

    def __str__(self) -> str:
        return f"{self.name} {self.label}: {self.value:g}"
