"""Deletions of accounts: ordered by their owners, done by a worker, and recorded without a name."""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models.user import User
from videos.models.work import Work, WorkQuerySet

RETENTION = timedelta(days=365)  # of the record that an account was deleted
MAX_ERROR_LENGTH = 300


class AccountDeletionQuerySet(WorkQuerySet["AccountDeletion"]):
    """Deletions by what is to be done with them."""

    def order(self, user: User) -> "AccountDeletion":
        """Switch the account of ``user`` off at once, and have a worker delete all of it."""
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(is_active=False)
            user.end_sessions()
            return self.get_or_create(
                user=user, defaults={"account_id": user.pk, "due_at": clock.now()}
            )[0]

    def expired(self) -> Self:
        """Return the records that are older than they are kept."""
        return self.filter(state=AccountDeletion.State.DONE, created_at__lt=clock.now() - RETENTION)


class AccountDeletion(Work):
    """The deletion of an account; what stays afterwards has no name and no address."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    user = models.OneToOneField(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="deletion",
        verbose_name=_("person"),
    )
    account_id = models.BigIntegerField(_("number of the account"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    deleted_videos = models.PositiveIntegerField(_("deleted videos"), default=0)
    deleted_songs = models.PositiveIntegerField(_("deleted songs"), default=0)
    error_message = models.CharField(_("error message"), max_length=MAX_ERROR_LENGTH, blank=True)
    created_at = models.DateTimeField(_("ordered"), default=timezone.now)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    objects: ClassVar[AccountDeletionQuerySet] = AccountDeletionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("deletion of an account")
        verbose_name_plural = _("deletions of accounts")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return str(_("Account %(n)s") % {"n": self.account_id})

    def count_deleted(self, *, videos: int = 0, songs: int = 0) -> bool:
        """Add to the numbers of what is deleted and renew the lease; False where it is lost."""
        return self.renew(
            deleted_videos=self.deleted_videos + videos, deleted_songs=self.deleted_songs + songs
        )

    def mark_done(self) -> bool:
        """Record that nothing of the account is left."""
        return self.write(
            state=self.State.DONE, completed_at=clock.now(), due_at=None, crashed_claims=0
        )

    def mark_failed(self, sentence: str) -> bool:
        """Record that an operator has to look at it, and why."""
        return self.write(
            state=self.State.FAILED,
            error_message=sentence[:MAX_ERROR_LENGTH],
            due_at=None,
            crashed_claims=0,
        )

    def retry(self) -> bool:
        """Have a failed deletion done again; False where it did not fail."""
        failed = AccountDeletion.objects.filter(pk=self.pk, state=self.State.FAILED)
        return bool(
            failed.update(
                state=self.State.WAITING,
                error_message="",
                due_at=clock.now(),
                crashed_claims=0,
                fencing_token=F("fencing_token") + 1,
            )
        )
