"""Answers that a program gets again when it repeats a request under the same Idempotency-Key."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos.models.keys import ApiKey

LONGEST = 255  # characters of an Idempotency-Key
KEPT = timedelta(hours=24)


class AnsweredQuerySet(models.QuerySet["Answered"]):
    """Keeps answers for a day."""

    def old(self) -> "AnsweredQuerySet":
        """Return those whose day is over."""
        return self.filter(created_at__lt=timezone.now() - KEPT)


class Answered(models.Model):
    """What was answered to the first request of a key to a path under an Idempotency-Key."""

    api_key = models.ForeignKey(ApiKey, models.CASCADE, related_name="+", verbose_name=_("API key"))
    path = models.CharField(_("path"), max_length=100)
    idempotency_key = models.CharField(_("idempotency key"), max_length=LONGEST)
    asked = models.CharField(_("SHA-256 of the request"), max_length=64)
    answer = models.JSONField(_("answer"), null=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, db_index=True)

    objects: ClassVar[AnsweredQuerySet] = AnsweredQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("answered request")
        verbose_name_plural = _("answered requests")
        constraints = (
            models.UniqueConstraint(
                fields=("api_key", "path", "idempotency_key"), name="one_first_answer"
            ),
        )

    def __str__(self) -> str:
        return f"{self.path} {self.idempotency_key}"
