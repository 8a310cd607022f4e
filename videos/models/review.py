"""Reviews: what operators have to decide, or have decided, about a video that was reported."""

from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models.event import Event
from videos.models.user import User
from videos.models.video import Video
from videos.models.view_count import ViewCount

RECORD = timedelta(days=90)  # for which a dismissed report counts against who sent it
VIEWS_PER_REPORT = 20  # of a video that is watched much, one more person has to report it
MAX_THRESHOLD_FACTOR = 10
MAX_NOTE_LENGTH = 1000  # characters of a note, and of an answer


class ReviewQuerySet(models.QuerySet["Review"]):
    """Opens and selects reviews."""

    def open_for(self, video: Video) -> "Review":
        """Return the review of ``video`` that is not decided; the first report opens it."""
        return self.get_or_create(video=video, decision=Review.Decision.NONE)[0]

    def hiding(self) -> Self:
        """Return those that hide their video."""
        waits = Q(decision=Review.Decision.NONE, hidden_at__isnull=False)
        return self.filter(waits | Q(decision=Review.Decision.TAKEN_DOWN))

    def for_owner(self, video: Video) -> "Review | None":
        """Return the last review of ``video``, as far as its owner has something to do with it."""
        return self.filter(video=video).prefetch_related("reports").order_by("-opened_at").first()


class Review(models.Model):
    """The reports on a video until operators decide, what its owner answered, and the decision."""

    class Decision(models.TextChoices):
        NONE = "", _("Not decided")
        DISMISSED = "dismissed", _("The video may stay")
        TAKEN_DOWN = "taken_down", _("Taken down")

    video = models.ForeignKey(
        Video, models.CASCADE, related_name="reviews", verbose_name=_("video")
    )
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    hidden_at = models.DateTimeField(
        _("hidden"), null=True, blank=True, help_text=_("When reports hid the video.")
    )
    answer = models.TextField(_("owner's answer"), max_length=MAX_NOTE_LENGTH, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    decision = models.CharField(
        _("decision"), max_length=10, choices=Decision, default=Decision.NONE, blank=True
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    note = models.CharField(
        _("note"), max_length=500, blank=True, help_text=_("The owner of the video reads it, too.")
    )

    objects: ClassVar[ReviewQuerySet] = ReviewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ("-opened_at", "-pk")
        # As operators see them: the open ones first
        indexes = (
            models.Index(
                fields=("decision", "-hidden_at", "-opened_at", "-id"), name="review_queue"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("video",), condition=Q(decision=""), name="one_open_review"
            ),
        )

    def __str__(self) -> str:
        return f"{self.video} ({self.get_decision_display()})"

    @property
    def is_open(self) -> bool:
        """Whether operators have yet to decide."""
        return self.decision == self.Decision.NONE

    def lock(self) -> None:
        """Have others wait until this transaction ends: of two reports at once, both count."""
        Review.objects.select_for_update().get(pk=self.pk)

    def hide_if_due(self) -> bool:
        """Hide the video if enough people reported it; return whether that happened now."""
        if self.hidden_at or not self._is_due():
            return False
        with transaction.atomic():
            hidden = Review.objects.filter(pk=self.pk, decision="", hidden_at=None)
            if not hidden.update(hidden_at=clock.now()):
                return False
            self._update_video(Event.Kind.HIDDEN)
        self.refresh_from_db()
        return True

    def record_answer(self, text: str) -> bool:
        """Store what the owner answers; return whether it is the first answer."""
        rows = Review.objects.filter(pk=self.pk)
        is_first = bool(rows.filter(answered_at=None).update(answered_at=clock.now()))
        rows.update(answer=text)
        self.refresh_from_db()
        return is_first

    def decide(self, decision: "Review.Decision", operator: User) -> bool:
        """Record a decision, with who made it and when; False where it is that one already."""
        with transaction.atomic():
            rows = Review.objects.filter(pk=self.pk).exclude(decision=decision)
            values = {"decision": decision, "decided_at": clock.now(), "decided_by": operator}
            if not rows.update(**values):
                return False
            kinds = {
                self.Decision.DISMISSED: Event.Kind.MAY_STAY,
                self.Decision.TAKEN_DOWN: Event.Kind.TAKEN_DOWN,
            }
            self._update_video(kinds[decision])
        self.refresh_from_db()
        return True

    def _is_due(self) -> bool:
        """Return whether so many different people reported it that it is not shown meanwhile.

        Not once operators have let it stay: then only they hide it.
        """
        cleared = Review.objects.filter(video=self.video_id, decision=self.Decision.DISMISSED)
        threshold = self.threshold()
        return bool(threshold) and self.count_reporters() >= threshold and not cleared.exists()

    def threshold(self) -> int:
        """Return how many people have to report it: more where more have watched it; 0 is never.

        Few strangers must not take down what many like. There is an end to that, because views can
        be made by whoever wants a video to stay.
        """
        least = int(settings.REPORT_THRESHOLD)
        if not least:
            return 0
        views = ViewCount.objects.filter(video=self.video_id).total()
        return min(max(least, views // VIEWS_PER_REPORT), least * MAX_THRESHOLD_FACTOR)

    def count_reporters(self) -> int:
        """Return how many reports come from different networks and different accounts.

        Those from where a report was dismissed of late do not count.
        """
        networks, accounts = self._with_a_record()
        count = 0
        for network, account in self.reports.values_list("network", "reporter").order_by("pk"):
            if network in networks or account in accounts:
                continue
            count += 1
            networks.add(network)
            accounts |= {account} if account else set()
        return count

    def _with_a_record(self) -> tuple[set[str], set[int]]:
        dismissed = Report.objects.filter(
            review__decision=self.Decision.DISMISSED, created_at__gt=clock.now() - RECORD
        )
        rows = list(dismissed.values_list("network", "reporter"))
        return {network for network, _ in rows}, {account for _, account in rows if account}

    def _update_video(self, kind: "Event.Kind") -> None:
        """Hide or show the video, as all its reviews together say."""
        is_hidden = Review.objects.filter(video=self.video_id).hiding().exists()
        hidden_at = clock.now() if is_hidden else None
        Video.objects.filter(pk=self.video_id).update(hidden_at=hidden_at)
        self.video.log_event(kind)


class ReportQuerySet(models.QuerySet["Report"]):
    """Selects and cleans reports."""

    def forget_networks(self) -> int:
        """Clear the networks of reports that were decided long ago; return how many had one."""
        decided = self.filter(review__decided_at__lt=clock.now() - RECORD).exclude(network="")
        return decided.update(network="")


class Report(models.Model):
    """What a visitor has against a video; nobody but operators learns who it was."""

    class Reason(models.TextChoices):
        COPYRIGHT = "copyright", _("It uses my work, or somebody's, without permission")
        PRIVACY = "privacy", _("It shows or names somebody against their will")
        HATE = "hate", _("Hatred, threats or violence")
        SEXUAL = "sexual", _("Sexual content")
        SPAM = "spam", _("Advertising, or a fraud")
        OTHER = "other", _("Something else")

    review = models.ForeignKey(
        Review, models.CASCADE, related_name="reports", verbose_name=_("review")
    )
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    note = models.TextField(_("note"), max_length=MAX_NOTE_LENGTH, blank=True)
    network = models.CharField(
        _("network"), max_length=32, blank=True, editable=False, help_text=_("A hash of it.")
    )
    reporter = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("account")
    )
    created_at = models.DateTimeField(_("sent"), default=timezone.now)

    objects: ClassVar[ReportQuerySet] = ReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ("created_at", "pk")
        indexes = (models.Index(fields=("network", "created_at"), name="report_network"),)

    def __str__(self) -> str:
        return str(self.get_reason_display())
