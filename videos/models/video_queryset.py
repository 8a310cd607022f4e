"""Videos by who may see them, and by what is to be done with them."""

from datetime import datetime, timedelta
from typing import Self, TypeAlias, TypeVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from videos import clock
from videos.models.track import PICTURES_VERSION, Track
from videos.models.user import OwnedQuerySet, User
from videos.models.work import JobProgress, WorkQuerySet
from videos.render.clips import parse_clip
from videos.render.options import FPS, RESOLUTION
from videos.statuses import Failure, VideoStatus, Visibility
from videos.vendors import BUILTIN, VENDORS

# Between two videos of one person in the renderer's queue. It grows with the first one as the time
# to make it does: otherwise whoever orders long or large films would have more of the renderer
MIN_QUEUE_SPACING = timedelta(seconds=30)
SPACING_PER_SECOND = 5.0  # of a film of the usual size and frame rate
TRASH_TIME = timedelta(days=7)  # after which what is in the trash is deleted for good
# Its position, the duration of its song, its clip, resolution and frame rate
_QueuedFilm: TypeAlias = tuple[datetime, float | None, str, int, int]
ALIVE = (VideoStatus.PENDING, VideoStatus.SUCCESS)
_Row = TypeVar("_Row", bound=JobProgress, covariant=True)


class VideoQuerySet(OwnedQuerySet[_Row], WorkQuerySet[_Row]):  # type: ignore[override]
    """Videos by who may see them and by what is to be done with them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what ``user`` may watch by its link alone: shared videos, and their own."""
        return self._shared_as(user, Visibility.UNLISTED, Visibility.PUBLIC)

    def openable_by(self, user: User | AnonymousUser) -> Self:
        """Return these, and the videos whose password ``user`` would have to enter."""
        return self._shared_as(user, Visibility.PASSWORD, Visibility.UNLISTED, Visibility.PUBLIC)

    def _shared_as(self, user: User | AnonymousUser, *visibilities: Visibility) -> Self:
        shared = Q(visibility__in=visibilities) & _may_be_watched()
        if user.is_authenticated:
            shared |= Q(owner=user)
        if is_reviewer(user):
            shared |= Q(hidden_at__isnull=False)  # operators see what they decide about
        return self.filter(shared)

    def public(self) -> Self:
        """Return the finished videos that are for everybody: lists of videos show them."""
        return self.filter(_may_be_watched(), visibility=Visibility.PUBLIC)

    def by_author(self, owner_id: int, author: str) -> Self:
        """Return the public videos that an owner signed with the name ``author``."""
        return self.public().filter(owner=owner_id, author=author)

    def with_more_by_author(self) -> Self:
        """Annotate ``has_more_by_author``: whether their authors have other public videos."""
        same = {"owner": OuterRef("owner"), "author": OuterRef("author")}
        others = (
            type(self)(self.model)
            .public()
            .filter(deleted_at=None, **same)
            .exclude(pk=OuterRef("pk"))
        )
        return self.annotate(has_more_by_author=Exists(others))

    def with_other_shapes(self) -> Self:
        """Annotate ``has_other_shapes``: whether their owners made other shapes public, too."""
        same = {"owner": OuterRef("owner"), "track": OuterRef("track")}
        others = type(self)(self.model).public().filter(deleted_at=None, **same)
        others = others.exclude(format=OuterRef("format"))
        return self.annotate(has_other_shapes=Exists(others))

    def trashed(self) -> Self:
        """Return the videos in the trash."""
        return self.filter(deleted_at__isnull=False)

    def expired_trash(self) -> Self:
        """Return those that have been in the trash for long enough."""
        return self.filter(deleted_at__lt=clock.now() - TRASH_TIME)

    def pending(self) -> Self:
        """Return the videos in the making."""
        return self.filter(status=VideoStatus.PENDING)

    def rendered_here(self) -> Self:
        """Return the videos that our own renderer makes."""
        return self.filter(provider=BUILTIN)

    def made_by_vendors(self) -> Self:
        """Return the videos that vendors make."""
        return self.exclude(provider=BUILTIN)

    def at_risk(self) -> Self:
        """Return the finished videos whose film only the vendor has, until it deletes it."""
        return self.filter(status=VideoStatus.SUCCESS, film="")

    def with_stored_film(self) -> Self:
        """Return the videos whose film is in our storage."""
        return self.filter(status=VideoStatus.SUCCESS).exclude(film="")

    def without_pictures(self) -> Self:
        """Return those of them whose small pictures are to be made."""
        return self.with_stored_film().filter(pictures_version__lt=PICTURES_VERSION)

    def with_published_film(self) -> Self:
        """Return those of them whose address, as programs learnt it, still works."""
        stored, days = self.with_stored_film(), settings.RETENTION_DAYS
        published = stored.filter(owner__is_active=True, hidden_at=None)
        since = clock.now() - timedelta(days=days)
        return published.filter(completed_at__gt=since) if days else published

    def expiring(self, within: timedelta) -> Self:
        """Return those at risk that their vendor deletes ``within`` that time, or has deleted."""
        return self.at_risk().filter(expires_at__lt=clock.now() + within)

    def hold_unsent_orders(self) -> int:
        """Treat orders that no vendor has taken as sent, with no answer; return how many there are.

        After a backup was restored nobody knows what was sent since: so nothing is billed twice.
        """
        unsent = self.pending().made_by_vendors()
        return unsent.filter(vendor_task_id="", unconfirmed_submissions=0).update(
            unconfirmed_submissions=1
        )

    def retryable(self) -> Self:
        """Return what can be tried again: the failed, and the films that only a vendor has."""
        failures = (VideoStatus.CREATE_TASK_FAILED, VideoStatus.GENERATE_MP4_FAILED)
        return self.filter(Q(status__in=failures) | Q(status=VideoStatus.SUCCESS, film=""))

    def matching_order(self, owner: User, track: Track, provider: str, order_key: str = "") -> Self:
        """Return the videos of ``owner`` that answer such an order, those without a failure first.

        A vendor makes a song's video once only, and we one for all orders with an ``order_key``.
        A vendor that does not refuse a repeat bills it: there an order that may exist counts, too.
        """
        same = Q(track=track, provider=provider) & ~Q(provider=BUILTIN)
        if order_key:
            same |= Q(order_key=order_key)
        repeated = same & Q(status__in=ALIVE)
        if provider in VENDORS and not VENDORS[provider].refuses_repeats:
            exists = Q(provider=provider, status__in=ALIVE) | _may_be_ordered_at(provider)
            repeated |= _same_song(track) & exists
        return self.filter(repeated, owner=owner).order_by("failure", "-created_at", "-pk")

    def may_be_ordered_at(self, provider: str) -> Self:
        """Return the videos of which ``provider`` may have an order that did not fail.

        A video that was moved away to another provider since is one of them.
        """
        return self.filter(_may_be_ordered_at(provider))

    def vendor_task_id_of(self, track: Track, provider: str) -> str:
        """Return the id under which ``provider`` made a video of ``track``, "" if none is known.

        The vendor has one account of ours, so it does not matter who ordered the video here, nor
        whether another provider was tried since.
        """
        same = self.filter(_same_song(track))
        usable = same.filter(_may_succeed(), provider=provider).order_by("-submitted_at")
        # Without the cast, a comparison would read its other side as JSON
        former_id = Cast(KeyTextTransform(provider, "former_orders"), TextField())
        moved = same.annotate(former_id=former_id).filter(former_id__gt="").order_by("-queued_at")
        current_id = usable.values_list("vendor_task_id", flat=True).first()
        return current_id or moved.values_list("former_id", flat=True).first() or ""

    def next_queue_position(self, owner: User, provider: str) -> datetime:
        """Return the position of a further video of ``owner`` in the queue of ``provider``.

        The videos of one person stand apart in the renderer's queue, also from those that are
        made already, so that those of others come between them; an idle renderer does not wait.
        """
        now = clock.now()
        if provider != BUILTIN:
            return now
        counted = self.filter(owner=owner, status__in=ALIVE).rendered_here()
        columns = counted.values_list(
            "queue_position_at", "track__duration", "clip", "resolution", "fps"
        )
        last: _QueuedFilm | None = columns.order_by("-queue_position_at").first()
        if last is None:
            return now
        position, duration, clip, resolution, fps = last
        seconds = _weighted_seconds(duration, clip, resolution, fps)
        spacing = timedelta(seconds=SPACING_PER_SECOND * seconds)
        return max(now, position + max(MIN_QUEUE_SPACING, spacing))

    def ahead_of(self, provider: str | OuterRef, position: datetime | OuterRef) -> Self:
        """Return the pending videos of ``provider`` whose turn comes before ``position``."""
        return self.pending().filter(provider=provider, queue_position_at__lt=position)

    def with_queue_position(self) -> Self:
        """Annotate ``videos_ahead``: how many pending videos of the same provider come before."""
        ahead = (
            type(self)(self.model)
            .ahead_of(OuterRef("provider"), OuterRef("queue_position_at"))
            .order_by()
            .values("status")
            .annotate(n=Count("pk"))
            .values("n")
        )
        return self.annotate(videos_ahead=Coalesce(Subquery(ahead), 0))


def is_reviewer(user: User | AnonymousUser) -> bool:
    """Return whether ``user`` is an operator who decides about reported videos."""
    return user.is_staff and user.has_perm("videos.change_review")


def _may_be_watched() -> Q:
    """Return what selects the videos that others may watch, if their owners share them."""
    lasts = Q(shared_until=None) | Q(shared_until__gt=clock.now())
    return lasts & Q(status=VideoStatus.SUCCESS, hidden_at=None, owner__is_active=True)


def _same_song(track: Track) -> Q:
    """Return what selects the videos of the song of ``track``, as its vendor counts songs."""
    ids = {"audio_id": track.audio_id, "music_task__task_id": track.music_task.task_id}
    return Q(**{f"track__{name}": value for name, value in ids.items()})


def _may_succeed() -> Q:
    """Return what selects tasks that their vendor may still make, or has made."""
    over = Q(failure__in=(Failure.VENDOR, Failure.REFUSED, Failure.LOST))
    # Credits may also have run out after the order: then no record tells of a failed task
    over |= Q(failure=Failure.CREDITS, vendor_record__isnull=False)
    return ~Q(vendor_task_id="") & ~over


def _may_be_ordered_at(provider: str) -> Q:
    """Return what selects the videos that ``provider`` may have been sent and did not fail."""
    unclear = Q(failure__in=(Failure.EXISTS, Failure.UNKNOWN))
    on_its_way = Q(failure=Failure.CANCELLED, unconfirmed_submissions__gt=0)
    current = Q(provider=provider) & (_may_succeed() | unclear | on_its_way)
    return current | Q(former_orders__has_key=provider)


def _weighted_seconds(duration: float | None, clip: str, resolution: int, fps: int) -> float:
    """Return how many seconds of a film of the usual size are as much work as this film.

    A clip counts as its length, not as its whole song of ``duration`` seconds.
    """
    seconds = duration or 0
    if part := parse_clip(clip):
        seconds = min(seconds or part.length, part.length)
    return seconds * (resolution / RESOLUTION) ** 2 * fps / FPS


class _LiveManager(models.Manager[_Row]):
    """Rows that are not in the trash."""

    def get_queryset(self) -> models.QuerySet[_Row]:
        """Return the rows that are not in the trash."""
        return super().get_queryset().filter(deleted_at=None)


# Videos that are not in the trash: for all but the trash itself the others do not exist
LiveVideoManager = _LiveManager.from_queryset(VideoQuerySet)
