"""The numbers of the portal for operators: each is one query that an index answers.

What is pending, late or waiting is little beside a million rows; what ended lately is found by an
index on the time. Only the bytes of each person need every row: ``measure_storage`` reads them
every ten minutes, and everybody else reads its result from the cache.
"""

import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max, Min, Model, Q, QuerySet, Sum, Value

from videos import clock
from videos.models import Circuit, Delivery, Mail, Review, Track, User, Video, WorkerPulse
from videos.statuses import Failure, VideoStatus
from videos.vendors import BUILTIN

OVERDUE = timedelta(minutes=2)  # after which a due row that no worker claimed is late
EXPIRY_WINDOW = timedelta(days=7)
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)  # SQLite looks for what is not null in no index
MAX_PEOPLE = 10  # whose storage is shown
FAILED = (VideoStatus.CREATE_TASK_FAILED, VideoStatus.GENERATE_MP4_FAILED)
Row = TypeVar("Row", bound=Model)
CountRows: TypeAlias = QuerySet[Any, Any]  # rows of a dictionary each
_STORAGE_KEY = "monitoring-storage"


@dataclass(frozen=True)
class PendingGroup:
    """Videos in the making that are at the same point."""

    provider: str
    stage: str
    delay_reason: str
    count: int
    crashed: int  # of them, those that a worker was lost with
    oldest: datetime  # when the first of them was queued


@dataclass(frozen=True)
class FailureGroup:
    """Videos that failed for the same reason."""

    provider: str
    failure: str
    count: int
    latest: datetime
    example: str  # the message of one of them


@dataclass(frozen=True)
class Waiting:
    """Rows that wait for something, and since when the first does; None where there are none."""

    count: int
    oldest: datetime | None
    failing: int = 0  # of them, those that were tried in vain


@dataclass(frozen=True)
class Backlog:
    """What waits, of each kind.

    Overdue is what vendors make, or have made, that no worker has looked at in time: films of our
    own renderer wait for their turn, however long that takes. Expiring are the films that only a
    vendor has, and deletes within a week. Reviews are reported videos that operators have yet to
    decide; failing are those hidden.
    """

    overdue: Waiting
    expiring: Waiting
    deliveries: Waiting
    mails: Waiting
    reviews: Waiting


@dataclass(frozen=True)
class Storage:
    """Bytes of songs and films: of everybody, and of the people who have the most."""

    total: int
    people: list[tuple[int, str, int]]  # id, e-mail, bytes
    measured_at: datetime


@dataclass(frozen=True)
class Disk:
    """The file system of ``DATA_DIR``, in bytes."""

    total: int
    free: int


def pending_groups() -> list[PendingGroup]:
    """Return the videos in the making by provider, stage and delay."""
    rows = (
        Video.objects.pending()
        .order_by()
        .values_list("provider", "stage", "delay_reason")
        .annotate(
            count=Count("pk"),
            crashed=Count("pk", filter=Q(crashed_claims__gt=1)),
            oldest=Min("queued_at"),
        )
    )
    return [PendingGroup(*row) for row in rows]


def failures_since(moment: datetime) -> list[FailureGroup]:
    """Return what failed since ``moment``, the most frequent reason first."""
    rows = (
        Video.objects.filter(completed_at__gte=moment, status__in=FAILED)
        .exclude(failure=Failure.CANCELLED)
        .order_by()
        .values_list("provider", "failure")
        .annotate(count=Count("pk"), latest=Max("completed_at"), example=Max("error_message"))
        .order_by("-count", "provider", "failure")
    )
    return [FailureGroup(*row) for row in rows]


def finished() -> tuple[int, int]:
    """Return how many films were finished within the last hour, and within the last day."""
    now = clock.now()
    day = Video.objects.filter(
        completed_at__gte=now - timedelta(days=1), status=VideoStatus.SUCCESS
    )
    last_hour = Q(completed_at__gte=now - timedelta(hours=1))
    counts = day.aggregate(hour=Count("pk", filter=last_hour), day=Count("pk"))
    return counts["hour"], counts["day"]


def backlog() -> Backlog:
    """Return all that waits, by one query."""
    overdue = Video.objects.filter(due_at__lt=clock.now() - OVERDUE).exclude(provider=BUILTIN)
    was_tried = Q(attempt_count__gt=0)
    open_reviews = Review.objects.filter(decision=Review.Decision.NONE)
    rows = (
        _count("overdue", overdue, "due_at"),
        _count("expiring", Video.objects.expiring(EXPIRY_WINDOW), "expires_at"),
        _count("deliveries", Delivery.objects.filter(due_at__gte=ALWAYS), "created_at", was_tried),
        _count("mails", Mail.objects.filter(due_at__gte=ALWAYS), "created_at", was_tried),
        _count("reviews", open_reviews, "opened_at", Q(hidden_at__isnull=False)),
    )
    counted = rows[0].union(*rows[1:], all=True)
    return Backlog(**{row["name"]: Waiting(*list(row.values())[1:]) for row in counted})


def _count(name: str, rows: QuerySet[Row], since: str, failing: Q | None = None) -> CountRows:
    """Return the query of how many ``rows`` there are, since when, and how many are failing."""
    failed = Count("pk", filter=failing) if failing else Value(0)
    counted = rows.order_by().values(name=Value(name))
    return counted.annotate(count=Count("pk"), oldest=Min(since), failed=failed)


def circuits() -> list[Circuit]:
    """Return the vendors that are set up, with their circuits."""
    rows = {circuit.provider: circuit for circuit in Circuit.objects.all()}
    keys = [key for key, vendor in settings.VENDORS.items() if vendor["api_key"]]
    return [rows.get(key) or Circuit(provider=key) for key in keys]


def workers() -> list[WorkerPulse]:
    """Return the workers that live."""
    return list(WorkerPulse.objects.alive())


def workers_by_queue(pulses: list[WorkerPulse]) -> Counter[str]:
    """Return how many of the workers serve each queue."""
    return Counter(queue for pulse in pulses for queue in pulse.queue.split(","))


def disk() -> Disk:
    """Return the room in ``DATA_DIR``."""
    usage = shutil.disk_usage(settings.DATA_DIR)
    return Disk(usage.total, usage.free)


def measure_storage() -> Storage:
    """Add up the bytes of every person and store the result in the cache; reads all rows."""
    total = bytes_by_person()
    most = total.most_common(MAX_PEOPLE)
    emails = dict(User.objects.filter(pk__in=dict(most)).values_list("pk", "email"))
    people = [(pk, emails[pk], size) for pk, size in most if pk in emails]
    storage = Storage(total.total(), people, clock.now())
    cache.set(_STORAGE_KEY, storage, timeout=None)
    return storage


def bytes_by_person() -> Counter[int]:
    """Return the bytes of songs and films by the id of their owner; reads all rows."""
    total: Counter[int] = Counter()
    for rows, owner in ((Video.with_trash, "owner"), (Track.objects, "music_task__owner")):
        sums = rows.filter(size__gt=0).order_by().values_list(owner).annotate(Sum("size"))
        for person, size in sums:
            total[person] += size
    return total


def stored() -> Storage | None:
    """Return the bytes of every person as they were measured last, None before the first time."""
    storage = cache.get(_STORAGE_KEY)
    return storage if isinstance(storage, Storage) else None
