"""Quotas of one person: videos in the making, and bytes of storage."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from videos.models import Asset, Track, User, Video
from videos.providers.errors import ProviderError
from videos.statuses import Visibility

MEBIBYTE = 1024 * 1024
NEARLY_FULL = 0.8  # of the storage: from then on people are told
UNLIMITED = 1_000_000  # videos that are reported as left where there is no limit
PRICE = 1  # of a video: one of those that are left, until it is finished


class QuotaReached(ProviderError):
    """The person has as much as the settings allow; the text says what to do."""


@dataclass(frozen=True)
class Storage:
    """How much a person stores, in bytes, and how much they may: 0 is without limit."""

    used: int
    limit: int

    @property
    def left(self) -> int:
        """How many bytes are left."""
        return max(0, self.limit - self.used)

    @property
    def high(self) -> int:
        """From how many bytes on it is nearly full."""
        return int(NEARLY_FULL * self.limit)

    @property
    def is_nearly_full(self) -> bool:
        """Whether it is time to delete something."""
        return bool(self.limit) and self.used >= NEARLY_FULL * self.limit


def storage(owner: User) -> Storage:
    """Return how much ``owner`` stores, and may store."""
    return Storage(stored_bytes(owner), settings.MAX_STORAGE_BYTES)


def videos_left(owner: User) -> int:
    """Return how many videos ``owner`` may order now: none while their storage is full."""
    if not has_storage(owner):
        return 0
    return _places_left(owner)


def _places_left(owner: User) -> int:
    """Return how many more videos of ``owner`` may be in the making."""
    if not settings.MAX_UNFINISHED_VIDEOS:
        return UNLIMITED
    pending = Video.objects.for_user(owner).pending().count()
    return max(0, int(settings.MAX_UNFINISHED_VIDEOS) - pending)


def check_order(owner: User) -> None:
    """Raise ``QuotaReached`` where ``owner`` may not order a video now."""
    if not _places_left(owner):
        sentence = _("You have %(n)d videos in the making, and no more at a time are allowed.")
        raise QuotaReached(sentence % {"n": settings.MAX_UNFINISHED_VIDEOS})
    check_storage_quota(owner)


def has_storage(owner: User) -> bool:
    """Return whether ``owner`` may store anything more."""
    try:
        check_storage_quota(owner)
    except QuotaReached:
        return False
    return True


def check_storage_quota(owner: User, more: int = 0) -> None:
    """Raise ``QuotaReached`` where ``owner`` may not store ``more`` bytes."""
    max_bytes = settings.MAX_STORAGE_BYTES
    if max_bytes and stored_bytes(owner) + more >= max_bytes:
        sentence = _("Your songs and videos fill the %(most)d MB that you have; delete some first.")
        raise QuotaReached(sentence % {"most": max_bytes // MEBIBYTE})


def storage_warning(owner: User) -> str:
    """Return a sentence where the storage of ``owner`` is nearly full, "" elsewhere."""
    stored = storage(owner)
    if not stored.is_nearly_full:
        return ""
    sentence = _("Your songs and videos fill %(size)d of the %(most)d MB that you have.")
    return sentence % {"size": stored.used // MEBIBYTE, "most": stored.limit // MEBIBYTE}


@dataclass(frozen=True)
class Amounts:
    """How much there is of what belongs to a person, the trash included in the bytes alone."""

    videos: int
    shared_videos: int
    songs: int
    stored_bytes: int


def amounts(owner: User) -> Amounts:
    """Return how much there is of what belongs to ``owner``, by one query for each table.

    They name columns of an index, which answers them alone.
    """
    is_live = Q(deleted_at=None)
    films = Video.with_trash.for_user(owner).aggregate(
        count=Count("owner", filter=is_live),
        shared=Count("owner", filter=is_live & ~Q(visibility=Visibility.PRIVATE)),
        size=Sum("size"),
    )
    songs = Track.objects.for_user(owner).aggregate(count=Count("*"), size=Sum("size"))
    assets = Asset.objects.for_user(owner).aggregate(size=Sum("size"))
    size = sum(each["size"] or 0 for each in (films, songs, assets))
    return Amounts(films["count"], films["shared"], songs["count"], size)


def stored_bytes(owner: User) -> int:
    """Return the size of all files of ``owner`` in our storage, in bytes."""
    songs = Track.objects.for_user(owner).aggregate(n=Sum("size"))["n"]
    films = Video.with_trash.for_user(owner).aggregate(n=Sum("size"))["n"]
    assets = Asset.objects.for_user(owner).aggregate(n=Sum("size"))["n"]
    return int(songs or 0) + int(films or 0) + int(assets or 0)
