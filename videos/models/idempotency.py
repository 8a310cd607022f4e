"""Responses that a program gets again when it repeats a request with the same Idempotency-Key."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models.keys import ApiKey

MAX_KEY_LENGTH = 255  # characters of an Idempotency-Key
RETENTION = timedelta(hours=24)


class IdempotentResponseQuerySet(models.QuerySet["IdempotentResponse"]):
    """Responses that are stored for a day."""

    def expired(self) -> "IdempotentResponseQuerySet":
        """Return those that are older than a day."""
        return self.filter(created_at__lt=clock.now() - RETENTION)


class IdempotentResponse(models.Model):
    """The response to the first request of a key to a path with an Idempotency-Key."""

    api_key = models.ForeignKey(ApiKey, models.CASCADE, related_name="+", verbose_name=_("API key"))
    path = models.CharField(_("path"), max_length=100)
    idempotency_key = models.CharField(_("idempotency key"), max_length=MAX_KEY_LENGTH)
    request_digest = models.CharField(_("SHA-256 of the request"), max_length=64, db_column="asked")
    response = models.JSONField(_("response"), null=True, db_column="answer")
    created_at = models.DateTimeField(_("created"), default=timezone.now, db_index=True)

    objects: ClassVar[IdempotentResponseQuerySet] = IdempotentResponseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "videos_answered"
        verbose_name = _("idempotent response")
        verbose_name_plural = _("idempotent responses")
        constraints = (
            models.UniqueConstraint(
                fields=("api_key", "path", "idempotency_key"), name="one_first_answer"
            ),
        )

    def __str__(self) -> str:
        return f"{self.path} {self.idempotency_key}"
