"""Mails about finished videos, to those who want them: one for all that were ordered together."""

from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from videos import clock
from videos.models import User, Video
from videos.models.video_queryset import VideoQuerySet
from videos.statuses import Failure

SETTLE_TIME = timedelta(seconds=5)  # in which a transaction that ends a video is over, too
MIN_INTERVAL = timedelta(minutes=5)  # between two mails to one person
MAX_WAIT = timedelta(hours=1)  # for the person's other videos in the making
MAX_AGE = timedelta(days=1)  # of what is still worth a mail
MAX_LISTED = 20  # videos in one mail
SALT = "videos.accounts.ready_mails"


def send_due(*, is_trial: bool = False) -> int:
    """Mail everybody whose videos are finished; return how many mails that are."""
    until = clock.now() - SETTLE_TIME
    ended = _ended(until)
    owners = User.objects.filter(pk__in=ended.values("owner").distinct(), is_active=True)
    due = [owner for owner in owners if _is_due(owner, ended.for_user(owner))]
    if not is_trial:
        due = [owner for owner in due if _send(owner, ended.for_user(owner), until)]
    return len(due)


def stop_path(user: User) -> str:
    """Return the path of the page that ends these mails, which needs no log-in."""
    return reverse("videos:ready_mails_stop", args=[signing.dumps(user.pk, salt=SALT)])


def find_user(token: str) -> User | None:
    """Return the person who got ``token`` in a mail, None where nobody did."""
    try:
        return User.objects.filter(pk=signing.loads(token, salt=SALT)).first()
    except signing.BadSignature:
        return None


def _ended(until: datetime) -> "VideoQuerySet[Video]":
    """Return the videos that ended by themselves and were not mailed to those who want that."""
    ended = Video.objects.filter(completed_at__gt=until - MAX_AGE, completed_at__lte=until)
    tellable = ended.filter(owner__ready_mail_since__lt=F("completed_at"))
    return tellable.exclude(failure=Failure.CANCELLED).order_by("completed_at")


def _is_due(owner: User, ended: "VideoQuerySet[Video]") -> bool:
    """Return whether it is time for a mail about what ended: what is in the making waits along."""
    now, first = clock.now(), ended.first()
    if first is None or first.completed_at is None or owner.ready_mail_since is None:
        return False
    if now - owner.ready_mail_since < MIN_INTERVAL:
        return False
    return (
        now - first.completed_at > MAX_WAIT or not Video.objects.for_user(owner).pending().exists()
    )


def _send(owner: User, ended: "VideoQuerySet[Video]", until: datetime) -> bool:
    """Write the mail and note what it tells; False where another process did."""
    videos = list(ended.select_related("track")[: MAX_LISTED + 1])
    count = ended.count()
    address = str(EmailAddress.objects.get_primary_email(owner) or owner.email)
    stop_url = f"{settings.SITE_URL}{stop_path(owner)}"
    context = {
        "videos": videos[:MAX_LISTED],
        "count": count,
        "more": max(0, count - MAX_LISTED),
        "library_url": f"{settings.SITE_URL}{reverse('videos:library')}",
        "stop_url": stop_url,
    }
    headers = {
        "List-Unsubscribe": f"<{stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    with transaction.atomic():
        if not owner.mark_ready_mailed(until):
            return False
        get_adapter().send_mail("account/email/videos_ready", address, context, headers)
    return True
