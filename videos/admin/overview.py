"""The start page of the admin: what is stuck, what failed, who is alive; each number has a list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from videos import VERSION
from videos.admin import entrance
from videos.models import ScheduledTask
from videos.models.scheduled_task import TICK
from videos.models.worker import WorkerPulse
from videos.monitoring import numbers
from videos.monitoring.numbers import Backlog, FailureGroup, PendingGroup, Storage, Waiting
from videos.queue import BEAT, DELIVER, RENDER, WORK
from videos.statuses import DelayReason, Failure, Stage, VideoStatus
from videos.vendors import BUILTIN, VENDORS

IndexView = Callable[[HttpRequest, dict[str, Any] | None], TemplateResponse]
RIGHTS = (
    "videos.view_video",
    "videos.view_delivery",
    "videos.view_mail",
    "videos.view_user",
    "videos.view_review",
)
MIN_FREE_SHARE = 0.1  # of the disk
SIZE_COLUMN = "-9"  # of the list of videos: the largest come first


@dataclass(frozen=True)
class Tile:
    """A number, what it counts, and the list that it leads to."""

    label: str
    value: str
    note: str
    url: str
    is_bad: bool = False


@dataclass(frozen=True)
class Row:
    """Videos that are stuck, or that failed, for the same reason."""

    count: int
    reason: str
    provider: str
    since: datetime
    url: str
    example: str = ""


def with_overview(index: IndexView) -> IndexView:
    """Return the start page with the overview, for operators who may see all that is in it."""

    @wraps(index)
    def view(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        is_allowed = entrance.has_permission(request) and request.user.has_perms(RIGHTS)
        overview = overview_of(timezone.localtime()) if is_allowed else {}
        return index(request, {**(extra_context or {}), **overview})

    return view


def overview_of(now: datetime) -> dict[str, object]:
    """Return the context of the overview; "today" begins at midnight of ``now``."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    groups, failures = numbers.pending_groups(), numbers.failures_since(midnight)
    backlog = numbers.backlog()
    pulses, tasks = numbers.workers(), list(ScheduledTask.objects.all())
    return {
        "tiles": [
            _pending_tile(groups, now),
            _failed_tile(failures, midnight),
            _finished_tile(now),
            _expiring_tile(backlog.expiring),
            *_waiting_tiles(backlog, now),
            _reviews_tile(backlog.reviews, now),
            _disk_tile(),
        ],
        "stuck": _stuck(groups, backlog.overdue, pulses, now),
        "failures": [_failure_row(each, midnight) for each in failures],
        "queues": _queues(groups),
        "circuits": numbers.circuits(),
        "pulses": pulses,
        "missing_workers": _missing_workers(pulses),
        "ticks": any(task.name == TICK and task.is_recent for task in tasks),
        "failed_chores": sum(task.failed for task in tasks),
        "version": VERSION,
        "storage": _storage_rows(numbers.stored()),
    }


def videos_url(**query: object) -> str:
    """Return the address of the list of videos with these filters."""
    return reverse("admin:videos_video_changelist", query={k: str(v) for k, v in query.items()})


def _label(provider: str) -> str:
    return VENDORS[provider].label if provider in VENDORS else _("Built-in renderer")


def _pending_tile(groups: list[PendingGroup], now: datetime) -> Tile:
    oldest = min((each.oldest for each in groups), default=None)
    return Tile(
        _("In the making"),
        str(sum(each.count for each in groups)),
        _("the oldest for %(time)s") % {"time": timesince(oldest, now, depth=1)} if oldest else "",
        videos_url(status__exact=VideoStatus.PENDING),
    )


def _failed_tile(failures: list[FailureGroup], midnight: datetime) -> Tile:
    count = sum(each.count for each in failures)
    reasons = ",".join(each.value for each in Failure if each not in {"", Failure.CANCELLED})
    url = videos_url(**_failed_since(midnight), failure__in=reasons)
    return Tile(_("Failed today"), str(count), "", url, is_bad=count > 0)


def _failed_since(moment: datetime) -> dict[str, str]:
    return {"status__in": ",".join(numbers.FAILED), "completed_at__gte": moment.isoformat()}


def _finished_tile(now: datetime) -> Tile:
    hour, day = numbers.finished()
    since = now - timedelta(hours=1)
    return Tile(
        _("Films in the last hour"),
        str(hour),
        ngettext("%(n)d in the last day", "%(n)d in the last day", day) % {"n": day},
        videos_url(status__exact=VideoStatus.SUCCESS, completed_at__gte=since.isoformat()),
    )


def _expiring_tile(expiring: Waiting) -> Tile:
    note = ""
    if expiring.oldest:
        left = timesince(timezone.now(), expiring.oldest, depth=1)
        note = _("the first in %(time)s") % {"time": left}
    return Tile(
        _("Vendors delete this week"),
        str(expiring.count),
        note,
        videos_url(copy="week"),
        is_bad=expiring.count > 0,
    )


def _waiting_tiles(backlog: Backlog, now: datetime) -> list[Tile]:
    tiles = []
    for label, waiting, model in (
        (_("Webhooks that wait"), backlog.deliveries, "delivery"),
        (_("Mails that wait"), backlog.mails, "mail"),
    ):
        age = timesince(waiting.oldest, now, depth=1) if waiting.oldest else ""
        text = _("the oldest for %(time)s, %(n)d tried in vain")
        note = text % {"time": age, "n": waiting.failing} if age else ""
        url = reverse(f"admin:videos_{model}_changelist", query={"state__exact": "waiting"})
        tiles.append(Tile(label, str(waiting.count), note, url, is_bad=waiting.failing > 0))
    return tiles


def _reviews_tile(reviews: Waiting, now: datetime) -> Tile:
    note = ""
    if reviews.oldest:
        age = timesince(reviews.oldest, now, depth=1)
        text = _("the oldest for %(time)s, %(n)d hidden")
        note = text % {"time": age, "n": reviews.failing}
    url = reverse("admin:videos_review_changelist", query={"decided_at__isnull": "True"})
    return Tile(_("Open reports"), str(reviews.count), note, url, is_bad=reviews.count > 0)


def _disk_tile() -> Tile:
    disk = numbers.disk()
    return Tile(
        _("Room on the disk"),
        filesizeformat(disk.free),
        _("of %(size)s") % {"size": filesizeformat(disk.total)},
        videos_url(o=SIZE_COLUMN),
        is_bad=disk.free < disk.total * MIN_FREE_SHARE,
    )


def _stuck(
    groups: list[PendingGroup], overdue: Waiting, pulses: list[WorkerPulse], now: datetime
) -> list[Row]:
    """Return what does not go on by itself, or only once something else is well again."""
    rows = []
    pending = {"status__exact": VideoStatus.PENDING}
    ours = [each for each in groups if each.provider == BUILTIN]
    if ours and not numbers.workers_by_queue(pulses)[RENDER]:
        count, since = sum(each.count for each in ours), min(each.oldest for each in ours)
        url = videos_url(**pending, provider=BUILTIN)
        rows.append(Row(count, _("No worker claims them"), _label(BUILTIN), since, url))
    if overdue.oldest:
        limit = (now - numbers.OVERDUE).isoformat()
        url = videos_url(provider__in=",".join(VENDORS), due_at__lt=limit)
        rows.append(Row(overdue.count, _("No worker claims them"), "", overdue.oldest, url))
    for each in groups:
        filters = {**pending, "provider": each.provider}
        if each.crashed:
            url = videos_url(**filters, crashed_claims__gte=2, stage__exact=each.stage)
            reason = _("Their worker was lost")
            rows.append(Row(each.crashed, reason, _label(each.provider), each.oldest, url))
        if each.delay_reason:
            url = videos_url(
                **filters, delay_reason__exact=each.delay_reason, stage__exact=each.stage
            )
            reason = str(DelayReason(each.delay_reason).label)
            rows.append(Row(each.count, reason, _label(each.provider), each.oldest, url))
    return sorted(rows, key=lambda row: row.since)


def _failure_row(group: FailureGroup, midnight: datetime) -> Row:
    filters = {"provider": group.provider, "failure__exact": group.failure}
    return Row(
        group.count,
        str(Failure(group.failure).label),
        _label(group.provider),
        group.latest,
        videos_url(**_failed_since(midnight), **filters),
        group.example,
    )


def _queues(groups: list[PendingGroup]) -> list[Row]:
    """Return what is in the making, by provider and stage."""
    rows: dict[tuple[str, str], list[PendingGroup]] = {}
    for each in groups:
        rows.setdefault((each.provider, each.stage), []).append(each)
    return [
        Row(
            sum(each.count for each in same),
            str(Stage(stage).label),
            _label(provider),
            min(each.oldest for each in same),
            videos_url(status__exact=VideoStatus.PENDING, provider=provider, stage__exact=stage),
        )
        for (provider, stage), same in sorted(rows.items())
    ]


def _missing_workers(pulses: list[WorkerPulse]) -> list[str]:
    alive = numbers.workers_by_queue(pulses)
    names = {WORK: "worker", DELIVER: "worker", RENDER: "renderer", BEAT: "beat"}
    return sorted({name for queue, name in names.items() if not alive[queue]})


def _storage_rows(storage: Storage | None) -> list[tuple[str, str, str]]:
    """Return e-mail, size and list of the people who store the most."""
    return [
        (email, filesizeformat(size), videos_url(owner__id__exact=pk, o=SIZE_COLUMN))
        for pk, email, size in (storage.people if storage else [])
    ]
