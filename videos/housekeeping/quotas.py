"""Tells people that their storage is nearly full, before anything of theirs is refused."""

from datetime import timedelta

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from videos import clock
from videos.accounts.notices import notify
from videos.models import AccountEvent, User
from videos.monitoring import numbers
from videos.pipeline.quota import NEARLY_FULL

REPEAT_AFTER = timedelta(days=30)
KIND = AccountEvent.Kind.STORAGE_NEARLY_FULL


def tell(*, is_trial: bool = False) -> int:
    """Mail those whose storage is nearly full and who were not told lately; return how many."""
    max_bytes = settings.MAX_STORAGE_BYTES
    if not max_bytes:
        return 0
    sizes = numbers.bytes_by_person()
    full = {person: size for person, size in sizes.items() if size >= NEARLY_FULL * max_bytes}
    since = clock.now() - REPEAT_AFTER
    events = AccountEvent.objects.filter(kind=KIND, at__gt=since)
    users = User.objects.filter(pk__in=full, is_active=True)
    users = users.exclude(pk__in=events.values("user"))
    if is_trial:
        return users.count()
    count = 0
    for user in users:
        amounts = {"size": filesizeformat(full[user.pk]), "most": filesizeformat(max_bytes)}
        notify(user, KIND, _("%(size)s of %(most)s") % amounts)
        count += 1
    return count
