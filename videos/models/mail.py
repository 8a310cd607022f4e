"""Mails on their way out: one row for each recipient, until a worker has sent it.

Retry schedule: a mail that the mail server did not take is tried again after each of
``MAIL_RETRY_MINUTES``, by default 1, 5, 15 and 60 minutes; the last of them repeats until the mail
is a day old. A mail that the server refuses for good is given up at the end of the schedule.

The text holds links that reset passwords: it is deleted when the mail is sent, and a day after it
was written in any case.
"""

from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models.work import Work, WorkQuerySet

MAX_AGE = timedelta(days=1)  # of a mail that is still sent, and of its text
RETENTION = timedelta(days=7)  # of the row
MAX_SUBJECT_LENGTH = 200
MAX_ERROR_LENGTH = 500


class MailQuerySet(WorkQuerySet["Mail"]):
    """Mails by what is to be done with them."""

    def due(self) -> Self:
        """Return the mails whose time has come, those first that were never tried."""
        return super().due().order_by("attempt_count", "due_at", "pk")

    def enqueue(self, *, sender: str, recipient: str, subject: str, message: str) -> "Mail":
        """Create a mail that is due now; ``message`` is its whole text in the form of RFC 5322."""
        return self.create(
            sender=sender,
            recipient=recipient,
            subject=subject[:MAX_SUBJECT_LENGTH],
            message=message,
            due_at=clock.now(),
        )

    def enqueue_unsendable(self, *, recipient: str, subject: str, error: str) -> "Mail":
        """Create the row of a mail that cannot be written, so that operators learn of it."""
        return self.create(
            recipient=recipient,
            subject=subject[:MAX_SUBJECT_LENGTH],
            state=Mail.State.FAILED,
            last_error=error[:MAX_ERROR_LENGTH],
        )

    def in_progress(self) -> Self:
        """Return those that a worker is sending now."""
        return self.filter(crashed_claims__gt=0, due_at__gt=clock.now())

    def old_texts(self) -> Self:
        """Return the mails whose texts are too old."""
        return self._old().exclude(message="").exclude(pk__in=self.in_progress())

    def _old(self) -> Self:
        return self.filter(created_at__lt=clock.now() - MAX_AGE)

    def delete_old_texts(self) -> None:
        """Delete each text that is too old, and give up its mail if it was not sent."""
        old = self._old()
        waiting = old.filter(state=Mail.State.WAITING).exclude(pk__in=old.in_progress())
        waiting.filter(last_error="").update(last_error=_now("No worker sent it within a day."))
        waiting.update(
            state=Mail.State.FAILED, message="", due_at=None, fencing_token=F("fencing_token") + 1
        )
        old.exclude(state=Mail.State.WAITING).exclude(message="").update(message="")

    def expired(self) -> Self:
        """Return the rows that are older than they are kept."""
        return self.filter(created_at__lt=clock.now() - RETENTION)


class Mail(Work):
    """A mail to one recipient."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Given up")

    sender = models.TextField(_("sender"), blank=True)
    recipient = models.TextField(_("recipient"))
    subject = models.CharField(_("subject"), max_length=MAX_SUBJECT_LENGTH, blank=True)
    message = models.TextField(
        _("message"), blank=True, help_text=_("Empty once it is sent or too old.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempt_count = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=MAX_ERROR_LENGTH, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, db_index=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects: ClassVar[MailQuerySet] = MailQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"

    @property
    def is_too_old(self) -> bool:
        """Whether it is not to be sent any more."""
        return clock.now() - self.created_at > MAX_AGE

    def mark_sent(self) -> bool:
        """Record that the mail server took it, and delete its text; False if the claim is lost."""
        return self.write(
            state=self.State.SENT,
            message="",
            due_at=None,
            crashed_claims=0,
            attempt_count=self.attempt_count + 1,
            last_error="",
            sent_at=clock.now(),
        )

    def record_failure(self, error: str, *, is_permanent: bool = False) -> bool:
        """Record a failed attempt; retry by the schedule, or give up.

        ``is_permanent`` says that the server refused this very mail, or its recipient, for good.
        """
        schedule = settings.MAIL_RETRY_MINUTES
        fields = {
            "attempt_count": self.attempt_count + 1,
            "last_error": error[:MAX_ERROR_LENGTH],
        }
        is_last = not schedule or (is_permanent and self.attempt_count >= len(schedule))
        if is_last:
            return self._give_up(**fields)
        backoff = timedelta(minutes=schedule[min(self.attempt_count, len(schedule) - 1)])
        if clock.now() + backoff > self.created_at + MAX_AGE:
            return self._give_up(message="", **fields)
        return self.release(backoff, **fields)

    def mark_too_old(self) -> bool:
        """Give it up unsent, and delete its text."""
        error = self.last_error or _now("No worker sent it within a day.")
        return self._give_up(message="", last_error=error)

    def resend(self) -> bool:
        """Have it sent now; False while a worker is sending it, or once its text is deleted."""
        rows = Mail.objects.filter(pk=self.pk).exclude(message="")
        rows = rows.filter(created_at__gt=clock.now() - MAX_AGE)
        return bool(
            rows.exclude(pk__in=Mail.objects.in_progress().values("pk")).update(
                state=self.State.WAITING,
                due_at=clock.now(),
                attempt_count=0,
                crashed_claims=0,
                fencing_token=F("fencing_token") + 1,
            )
        )

    def _give_up(self, **fields: object) -> bool:
        return self.write(state=self.State.FAILED, due_at=None, crashed_claims=0, **fields)
