"""How often videos were watched: by day and place, without a trace of who watched.

A viewer is a hash that changes every day. It stands in a row of its own only for the length of the
film, so that one viewer counts once a length.
"""

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models.video import Video

# Recent viewers of one video in one network: more are one person who pretends to be many
MAX_VIEWERS_PER_NETWORK = 50


class ViewCountQuerySet(models.QuerySet["ViewCount"]):
    """Counts views and adds them up."""

    def add(self, video: Video, place: "ViewCount.Place", day: date) -> None:
        """Count one view of ``video``; the first of a day creates the row."""
        row = self.filter(video=video, place=place, day=day)
        if row.update(count=F("count") + 1):
            return
        try:
            with transaction.atomic():
                self.create(video=video, place=place, day=day, count=1)
        except IntegrityError:  # another process created it at the same moment
            row.update(count=F("count") + 1)

    def total(self) -> int:
        """Return the sum of all counts."""
        return int(self.aggregate(total=Sum("count"))["total"] or 0)

    def by_place(self) -> dict[str, int]:
        """Return the sums of the places at which there was a view."""
        rows = self.order_by().values_list("place").annotate(total=Sum("count"))
        return {place: int(total) for place, total in rows}


class ViewCount(models.Model):
    """The views of a video on one day at one place."""

    class Place(models.TextChoices):
        PAGE = "page", _("Share page")
        EMBED = "embed", _("Other sites")

    video = models.ForeignKey(
        Video, models.CASCADE, related_name="view_counts", verbose_name=_("video")
    )
    day = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=5, choices=Place)
    count = models.PositiveIntegerField(_("views"), default=0)

    objects: ClassVar[ViewCountQuerySet] = ViewCountQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("view count")
        verbose_name_plural = _("view counts")
        ordering = ("day", "place")
        constraints = (
            models.UniqueConstraint(fields=("video", "day", "place"), name="one_view_count"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.get_place_display()}: {self.count}"


class RecentViewerQuerySet(models.QuerySet["RecentViewer"]):
    """Tells new viewers from those who watch still."""

    def admit(self, digest: str, network: str, until: datetime) -> bool:
        """Return whether a viewer is to be counted, and count no other view ``until`` then."""
        now = clock.now()
        if self.filter(digest=digest, until__lte=now).update(until=until):
            return True
        if self.filter(network=network, until__gt=now).count() >= MAX_VIEWERS_PER_NETWORK:
            return False
        values = {"network": network, "until": until}
        return self.get_or_create(digest=digest, defaults=values)[1]

    def expired(self) -> "RecentViewerQuerySet":
        """Return the viewers who would be counted again."""
        return self.filter(until__lte=clock.now() - timedelta(minutes=1))


class RecentViewer(models.Model):
    """A viewer of a video who was counted less than a length of the film ago."""

    digest = models.CharField(_("digest"), max_length=32, primary_key=True)
    network = models.CharField(_("network"), max_length=32, help_text=_("A hash of it."))
    until = models.DateTimeField(_("until"), db_index=True)

    objects: ClassVar[RecentViewerQuerySet] = RecentViewerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("recent viewer")
        verbose_name_plural = _("recent viewers")
        indexes = (models.Index(fields=("network", "until"), name="viewer_network"),)

    def __str__(self) -> str:
        return self.digest
