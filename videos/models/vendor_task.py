"""What a vendor was asked for, and what it said: the part of a video that is made elsewhere."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos.models.called_back import CalledBack
from videos.models.event import Event
from videos.models.making import Making
from videos.statuses import Stage, VideoStatus

BUILTIN = "builtin"

BETWEEN_QUESTIONS = timedelta(seconds=3)
"""How often a vendor is asked about one video at most, by whomever."""


class Trouble(models.TextChoices):
    """Why nothing moves for now, at the vendor or here, though the video has not failed."""

    NONE = "", _("None")
    THROTTLED = "throttled", _("The vendor takes no more orders for a moment")
    MAINTENANCE = "maintenance", _("The vendor is under maintenance")
    DOWN = "down", _("The vendor does not answer")
    REFUSED = "refused", _("The vendor refuses our account")
    STORAGE = "storage", _("This site cannot reach its files, or has no room for more")


class VendorTask(CalledBack, Making):
    """A video task at a vendor; but for the provider it is empty for what we render."""

    provider = models.CharField(_("provider"), max_length=20, default=BUILTIN)
    vendor_task_id = models.CharField(
        _("vendor's task id"), max_length=100, blank=True, db_index=True
    )
    posts = models.PositiveSmallIntegerField(
        _("orders sent"),
        default=0,
        help_text=_("Those of which nobody knows whether the vendor took them."),
    )
    submitted_at = models.DateTimeField(_("taken by the vendor"), null=True, blank=True)
    asked_at = models.DateTimeField(_("vendor asked"), null=True, blank=True)
    polls = models.PositiveIntegerField(_("times asked"), default=0)
    hinted = models.BooleanField(
        _("called back"), default=False, help_text=_("There is news that nobody asked for yet.")
    )
    trouble = models.CharField(_("trouble"), max_length=20, choices=Trouble, blank=True)
    vendor_url = models.URLField(_("vendor's film"), max_length=2000, blank=True)
    vendor_record = models.JSONField(
        _("vendor's answer"), null=True, blank=True, help_text=_("The last one, as it came.")
    )
    expires_at = models.DateTimeField(
        _("vendor deletes it"), null=True, blank=True, help_text=_("The vendor's copy, not ours.")
    )
    copy_tries = models.PositiveIntegerField(_("copies tried"), default=0)
    copy_error = models.CharField(_("why it is not copied"), max_length=500, blank=True)

    class Meta:
        abstract = True

    @property
    def is_at_vendor(self) -> bool:
        """Whether a vendor has taken the order."""
        return bool(self.vendor_task_id)

    def may_ask(self) -> bool:
        """Take the right to ask the vendor now: one caller gets it every three seconds."""
        now = timezone.now()
        latest = now - BETWEEN_QUESTIONS
        if self.asked_at is not None and self.asked_at > latest:
            return False  # what the row said when it was read is enough to know
        free = Q(asked_at__isnull=True) | Q(asked_at__lte=latest)
        mine = type(self)._default_manager.filter(free, pk=self.pk)
        if not mine.update(asked_at=now, hinted=False):
            return False
        self.asked_at, self.hinted = now, False
        return True

    def begun(self) -> bool:
        """Note that a claim takes one step of a video that a vendor makes."""
        with transaction.atomic():
            if not self.renew(started_at=self.started_at or timezone.now()):
                return False
            if self.tries > 1:
                self.log(Event.Kind.DIED)
        return True

    def posting(self) -> bool:
        """Note, before it leaves, that an order is sent: whoever comes after a crash must know."""
        return self.renew(posts=self.posts + 1, stage=Stage.SUBMITTING)

    def accepted(self, task_id: str, *, adopted: bool = False) -> bool:
        """Keep the id under which the vendor makes the video, before anything else happens."""
        with transaction.atomic():
            if not self.renew(
                vendor_task_id=task_id,
                submitted_at=timezone.now(),
                stage=Stage.WAITING,
                posts=0,
                polls=0,
                **untroubled(),
            ):
                return False
            self.log(Event.Kind.ADOPTED if adopted else Event.Kind.SUBMITTED, task_id)
        return True

    def taken_meanwhile(self, task_id: str) -> None:
        """Keep the vendor's id although the claim is lost, unless another is known."""
        unknown = self._rows().filter(pk=self.pk, provider=self.provider, vendor_task_id="")
        unknown.update(vendor_task_id=task_id, submitted_at=timezone.now())

    def put_off(
        self, due_in: timedelta, trouble: Trouble = Trouble.NONE, detail: str = "", **fields: object
    ) -> bool:
        """Give the row back until ``due_in`` is over or a callback comes; log what is new."""
        is_new = bool(trouble) and trouble != self.trouble
        with transaction.atomic():
            if not self.write(tries=0, trouble=trouble, **fields):
                return False
            mine = self._rows().filter(pk=self.pk, attempt=self.attempt)
            mine.update(due_at=next_look(due_in))
            if is_new:
                self.log(Event.Kind.DELAYED, (detail or str(trouble.label))[:500])
        return True

    def called_back(self) -> bool:
        """Make the video due because its vendor may have news; nothing else is believed."""
        mine = self._rows().filter(pk=self.pk, status=VideoStatus.PENDING)
        known = mine.update(hinted=True)
        mine.filter(tries=0).update(due_at=timezone.now())  # nobody works on it: no claim is broken
        return bool(known)

    def made(self, url: str, expires_at: datetime, record: object) -> bool:
        """Note that the vendor has the film: it is ready, and it is to be copied at once.

        Whoever heard it first writes it, a worker or a page, and takes the row from all others.
        """
        return self._heard(
            Event.Kind.MADE,
            "",
            status=VideoStatus.SUCCESS,
            stage=Stage.COPYING,
            fraction=0,
            due_at=timezone.now(),
            vendor_url=url,
            vendor_record=record,
            expires_at=expires_at,
            error_message="",
        )

    def refused(
        self, status: VideoStatus, failure: str, message: str, record: object = None
    ) -> bool:
        """Note that the vendor will make no film, and why, in a sentence; see ``made``."""
        with transaction.atomic():
            if not self._heard(
                Event.Kind.FAILED,
                message[:500],
                status=status,
                failure=failure,
                error_message=message[:500],
                due_at=None,
                vendor_record=record,
            ):
                return False
            self.announce(status)
        return True

    def copied(self, **film: object) -> bool:
        """Note that the film is ours now, and with that ready for programs, too."""
        with transaction.atomic():
            if not self.write(due_at=None, tries=0, fraction=1, copy_error="", **film):
                return False
            self.log(Event.Kind.COPIED)
            self.announce(VideoStatus.SUCCESS)
        return True

    def not_copied(self, due_in: timedelta, why: str) -> bool:
        """Note that the film could not be copied, to be tried again after ``due_in``."""
        with transaction.atomic():
            is_new = why != self.copy_error
            tried = self.copy_tries + 1
            if not self.release(due_in, copy_tries=tried, copy_error=why[:500], fraction=0):
                return False
            if is_new:
                self.log(Event.Kind.COPY_FAILED, why[:500])
        return True

    def lost(self, message: str) -> bool:
        """Note that the vendor deleted the film before it could be copied."""
        lost = VideoStatus.GENERATE_MP4_FAILED
        with transaction.atomic():
            if not self.write(
                status=lost,
                failure="lost",
                error_message=message[:500],
                due_at=None,
                tries=0,
            ):
                return False
            self.log(Event.Kind.FAILED, message[:500])
            self.announce(lost)
        return True

    def _heard(self, kind: Event.Kind, detail: str, **fields: object) -> bool:
        """Write a vendor's news where it is still awaited, and fence whoever works on the row."""
        with transaction.atomic():
            awaited = self._rows().filter(
                pk=self.pk,
                status=VideoStatus.PENDING,
                provider=self.provider,
                vendor_task_id=self.vendor_task_id,
                submitted_at=self.submitted_at,
            )
            if not awaited.update(
                attempt=F("attempt") + 1,
                tries=0,
                seconds_left=None,
                completed_at=timezone.now(),
                **untroubled(),
                **fields,
            ):
                return False
            self.log(kind, detail)
        self.refresh_from_db()
        return True

    def log(self, kind: Event.Kind, detail: str = "") -> None:
        """Add a line to the video's history."""
        Event.objects.create(video_id=self.pk, kind=kind, detail=detail)

    def _rows(self) -> models.QuerySet[Self]:
        return type(self)._default_manager.all()


def forgotten() -> dict[str, object]:
    """Return the columns of an order that no vendor knows of."""
    return {
        "vendor_task_id": "",
        "posts": 0,
        "submitted_at": None,
        "asked_at": None,
        "polls": 0,
        "hinted": False,
        "vendor_url": "",
        "vendor_record": None,
        "expires_at": None,
        "copy_tries": 0,
        "copy_error": "",
        **untroubled(),
    }


def untroubled() -> dict[str, object]:
    """Return the columns of an order at which nothing is in the way."""
    return {"trouble": Trouble.NONE}


def next_look(due_in: timedelta) -> Case:
    """Return when to look again: after ``due_in``, or now if a callback came meanwhile."""
    now = timezone.now()
    moments: tuple[datetime, datetime] = (now, now + due_in)
    return Case(When(hinted=True, then=Value(moments[0])), default=Value(moments[1]))
