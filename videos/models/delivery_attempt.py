"""The calls of a delivery: when each was made, and what came of it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_SENTENCE = 300
LONGEST_SAID = 200


class DeliveryAttempt(models.Model):
    """One call of a receiver, and what came of it."""

    delivery = models.ForeignKey(
        "videos.Delivery", models.CASCADE, related_name="attempts", verbose_name=_("delivery")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)
    status_code = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=LONGEST_SENTENCE, blank=True)
    said = models.CharField(
        _("answer"),
        max_length=LONGEST_SAID,
        blank=True,
        help_text=_("The beginning of an answer that is not one of success."),
    )

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.status_code or self.error}"
