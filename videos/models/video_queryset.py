"""Videos by who may see them, and by what is to be done with them."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from videos.models.owned import OwnedQuerySet
from videos.models.song import Track
from videos.models.user import User
from videos.models.vendor_task import BUILTIN
from videos.models.work import WorkQuerySet
from videos.statuses import VideoStatus, Visibility

if TYPE_CHECKING:
    from videos.models.video import Video

BETWEEN_TURNS = timedelta(minutes=1)


class VideoQuerySet(OwnedQuerySet["Video"], WorkQuerySet["Video"]):  # type: ignore[override]
    """Videos by who may see them and by what is to be done with them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what ``user`` may watch by its link: shared videos, and their own."""
        shared = Q(
            visibility__in=(Visibility.UNLISTED, Visibility.PUBLIC),
            status=VideoStatus.SUCCESS,
            owner__is_active=True,
        )
        return self.filter(shared | Q(owner=user)) if user.is_authenticated else self.filter(shared)

    def public(self) -> Self:
        """Return the finished videos that are for everybody."""
        finished = self.filter(visibility=Visibility.PUBLIC, status=VideoStatus.SUCCESS)
        return finished.filter(owner__is_active=True)

    def pending(self) -> Self:
        """Return the videos in the making."""
        return self.filter(status=VideoStatus.PENDING)

    def rendered_here(self) -> Self:
        """Return the videos that our own renderer makes."""
        return self.filter(provider=BUILTIN)

    def made_elsewhere(self) -> Self:
        """Return the videos that are made by vendors."""
        return self.exclude(provider=BUILTIN)

    def at_risk(self) -> Self:
        """Return the finished videos whose film only the vendor has, until it deletes it."""
        return self.filter(status=VideoStatus.SUCCESS, film="")

    def with_our_film(self) -> Self:
        """Return the videos whose film is in our storage."""
        return self.filter(status=VideoStatus.SUCCESS).exclude(film="")

    def with_told_film(self) -> Self:
        """Return those of them whose address, as programs were told it, still works."""
        ours, days = self.with_our_film(), settings.RETENTION_DAYS
        since = timezone.now() - timedelta(days=days)
        told = ours.filter(owner__is_active=True)
        return told.filter(completed_at__gt=since) if days else told

    def expiring(self, within: timedelta) -> Self:
        """Return those at risk that their vendor deletes ``within`` that time, or has deleted."""
        return self.at_risk().filter(expires_at__lt=timezone.now() + within)

    def mendable(self) -> Self:
        """Return what can be tried again: the failed, and the films that only a vendor has."""
        failures = (VideoStatus.CREATE_TASK_FAILED, VideoStatus.GENERATE_MP4_FAILED)
        return self.filter(Q(status__in=failures) | Q(status=VideoStatus.SUCCESS, film=""))

    def same_order(self, owner: User, track: Track, provider: str, order_key: str = "") -> Self:
        """Return what ``owner`` has already of ``track`` that such an order would make again.

        A vendor makes a song's video once only, and we one for all orders with an ``order_key``.
        """
        same = Q(track=track, provider=provider) & ~Q(provider=BUILTIN)
        if order_key:
            same |= Q(order_key=order_key)
        alive = (VideoStatus.PENDING, VideoStatus.SUCCESS)
        return self.filter(same, owner=owner, status__in=alive)

    def known_task(self, video: "Video") -> str:
        """Return the id under which the vendor of ``video`` made its song's film, "" if unknown.

        The vendor has one account of ours, whoever ordered the film here.
        """
        track = video.track
        same = self.filter(
            provider=video.provider,
            track__audio_id=track.audio_id,
            track__music_task__task_id=track.music_task.task_id,
        )
        useless = (video.Failure.VENDOR, video.Failure.REFUSED, video.Failure.LOST)
        known = same.exclude(vendor_task_id="").exclude(failure__in=useless)
        latest = known.order_by("-submitted_at").values_list("vendor_task_id", flat=True)
        return latest.first() or ""

    def next_turn(self, owner: User, provider: str) -> datetime:
        """Return when a further video of ``owner`` comes up at ``provider``.

        Who orders many of our renderer leaves others room between them; an idle one waits for
        nothing.
        """
        now = timezone.now()
        if provider != BUILTIN:
            return now
        mine = self.filter(owner=owner).rendered_here().pending()
        last = mine.aggregate(last=Max("turn_at"))["last"]
        return max(now, last + BETWEEN_TURNS) if last else now

    def with_place(self) -> Self:
        """Annotate ``ahead``: how many pending videos of the same provider come before."""
        ahead = (
            self.model._default_manager.filter(status=VideoStatus.PENDING)
            .filter(provider=OuterRef("provider"), turn_at__lt=OuterRef("turn_at"))
            .order_by()
            .values("status")
            .annotate(n=Count("pk"))
            .values("n")
        )
        return self.annotate(ahead=Coalesce(Subquery(ahead), 0))
