"""The chores: each deletes or measures one kind of thing, and can say what it would do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from videos import accounts, clock
from videos.accounts import ready_mails
from videos.housekeeping import quotas
from videos.media import leftovers, orphans
from videos.models import Delivery, IdempotentResponse, Mail, RateLimitSlot, RecentViewer, Video
from videos.monitoring import numbers
from videos.pipeline import assets, rations, uploads
from videos.pipeline.trash import purge_trash

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BATCH = 500  # rows that are deleted at a time: what belongs to them is read before
SOON, OFTEN, DAILY = timedelta(minutes=1), timedelta(minutes=10), timedelta(days=1)


@dataclass(frozen=True)
class Mode:
    """How a chore is run: on trial it changes nothing; with force it does what looks wrong."""

    is_trial: bool = False
    force: bool = False


@dataclass(frozen=True)
class Chore:
    """Something that is done every so often; ``run`` returns in words what it did."""

    label: "StrOrPromise"
    interval: timedelta
    run: Callable[[Mode], str]


def _deleted(count: int, mode: Mode) -> str:
    return f"would delete {count}" if mode.is_trial else f"deleted {count}"


def _rows(expired: Callable[[], QuerySet]) -> Callable[[Mode], str]:  # type: ignore[type-arg]  # of any model
    def run(mode: Mode) -> str:
        rows = expired()
        return _deleted(rows.count() if mode.is_trial else _delete(rows), mode)

    return run


def _delete(rows: QuerySet) -> int:  # type: ignore[type-arg]  # of any model
    """Delete ``rows`` with what belongs to them, some at a time; return how many there were."""
    count = 0
    while keys := list(rows.order_by().values_list("pk", flat=True)[:BATCH]):
        rows.filter(pk__in=keys).delete()
        count += len(keys)
    return count


def _mail_texts(mode: Mode) -> str:
    count = Mail.objects.old_texts().count()
    if not mode.is_trial:
        Mail.objects.delete_old_texts()
    return _deleted(count, mode)


def _accounts(mode: Mode) -> str:
    return _deleted(accounts.tidy(is_trial=mode.is_trial), mode)


def _leftovers(mode: Mode) -> str:
    if mode.is_trial:
        return _deleted(len(list(leftovers.leftovers())), mode)
    return _deleted(leftovers.remove_leftovers(), mode)


def _uploads(mode: Mode) -> str:
    return _deleted(uploads.count_expired() if mode.is_trial else uploads.discard_expired(), mode)


def _orphans(mode: Mode) -> str:
    names = orphans.find_orphans(force=mode.force)
    if mode.is_trial:
        examples = f": {', '.join(names[:5])}" if names else ""
        return f"{_deleted(len(names), mode)}{examples}"
    return _deleted(orphans.delete_orphans(names), mode)


def _slots(mode: Mode) -> str:
    seconds = max(leftovers.MIN_AGE, rations.longest_window())
    unused = RateLimitSlot.objects.unused(seconds)
    return _deleted(unused.count() if mode.is_trial else _delete(unused), mode)


def _trash(mode: Mode) -> str:
    count = Video.with_trash.expired_trash().count()
    if not mode.is_trial:
        purge_trash()
    return _deleted(count, mode)


def _assets(mode: Mode) -> str:
    unused = assets.unused_assets()
    if not mode.is_trial:
        for asset in unused:
            assets.delete_asset(asset)
    return _deleted(len(unused), mode)


def _sessions(mode: Mode) -> str:
    count = Session.objects.filter(expire_date__lt=clock.now()).count()
    if not mode.is_trial:
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return _deleted(count, mode)


def _storage(mode: Mode) -> str:
    if mode.is_trial:
        return "would measure"
    return f"measured {filesizeformat(numbers.measure_storage().total)}"


def _quotas(mode: Mode) -> str:
    count = quotas.tell(is_trial=mode.is_trial)
    return f"would tell {count} people" if mode.is_trial else f"told {count} people"


def _ready_mails(mode: Mode) -> str:
    count = ready_mails.send_due(is_trial=mode.is_trial)
    return f"would mail {count} people" if mode.is_trial else f"mailed {count} people"


CHORES: dict[str, Chore] = {
    "webhooks": Chore(_("Old webhooks"), OFTEN, _rows(Delivery.objects.expired)),
    "mail-texts": Chore(_("Texts of old mails"), OFTEN, _mail_texts),
    "mails": Chore(_("Old mails"), OFTEN, _rows(Mail.objects.expired)),
    "leftovers": Chore(_("What killed processes left"), OFTEN, _leftovers),
    "uploads": Chore(_("Uploads that nobody resumed"), OFTEN, _uploads),
    "rate-limits": Chore(_("Unused rate limits"), OFTEN, _slots),
    "idempotency": Chore(
        _("Stored responses of the API"), OFTEN, _rows(IdempotentResponse.objects.expired)
    ),
    "trash": Chore(_("Films that were in the trash for long enough"), OFTEN, _trash),
    "assets": Chore(_("Pictures and loops that no film uses"), OFTEN, _assets),
    "viewers": Chore(_("Viewers who were counted"), OFTEN, _rows(RecentViewer.objects.expired)),
    "sessions": Chore(_("Sessions that are over"), OFTEN, _sessions),
    "accounts": Chore(_("Old rows of accounts, copies of data"), OFTEN, _accounts),
    "storage": Chore(_("Storage of each person"), OFTEN, _storage),
    "quotas": Chore(_("Words to people whose storage is nearly full"), DAILY, _quotas),
    "ready-mails": Chore(_("Mails about finished videos"), SOON, _ready_mails),
    "orphans": Chore(_("Files that no row refers to"), DAILY, _orphans),
}
