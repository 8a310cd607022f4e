"""What the owner of an account hears of it: a line in its history, and a mail.

The mails are texts without any link that acts, because people should not learn to follow links in
mails that they did not ask for.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models import AccountEvent, User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Kind = AccountEvent.Kind

# What a mail says after its first line, which is the name of the event
ADVICE: Mapping[Kind, "StrOrPromise"] = {
    Kind.ADDRESS_CONFIRMED: _(
        "A link that we mailed to you was opened, so the account is yours alone now: whoever used "
        "it before is logged out, and API keys and the webhook key that were made before no "
        "longer work. Make new ones where you need them."
    ),
    Kind.PASSWORD_RESET: _(
        "A link that we mailed to you was opened, and a new password was set with it. All "
        "browsers are logged out. API keys and the webhook key that were made before no longer "
        "work: make new ones where you need them."
    ),
    Kind.API_KEY_CREATED: _("Whoever has the key can order and watch videos in your name."),
    Kind.WEBHOOK_KEY_CREATED: _("The key of before signs no more; your program needs the new one."),
    Kind.SECOND_FACTOR_REMOVED: _(
        "You log in with your password alone until you switch a second factor on again."
    ),
    Kind.TOTP_DEACTIVATED: _("From now on, the password alone opens your account."),
    Kind.STORAGE_NEARLY_FULL: _(
        "Once it is full, new songs and videos are refused, and nothing of yours is lost. Delete "
        "what you no longer need; “Your data” shows how much there is."
    ),
    Kind.EXPORT_REQUESTED: _(
        "It has your songs, films, lyrics and all that we store about you. Only you can download "
        "it, from the page “Your data”."
    ),
}
# What is seen in the browser at once needs no mail
WITHOUT_MAIL = {Kind.SESSIONS_ENDED, Kind.API_KEY_REVOKED}
_BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"), ("python-requests", "python-requests"), ("curl", "curl"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def notify(
    user: User,
    kind: Kind,
    detail: str = "",
    request: HttpRequest | None = None,
    email: str = "",
) -> None:
    """Write ``kind`` into the history of ``user`` and mail it to the primary address.

    ``detail`` says more, such as the name of a key. ``request`` is the one that did it, None where
    a worker or a command did. ``email`` is another address to write to.
    """
    AccountEvent.objects.record(user, kind, detail)
    address = email or str(EmailAddress.objects.get_primary_email(user) or "")
    if not address or kind in WITHOUT_MAIL:
        return
    context = {
        "headline": kind.label,
        "detail": detail,
        "advice": ADVICE.get(kind, ""),
        "at": clock.now(),
        "browser": browser_of(request) if request else "",
        "ip": str(get_adapter().get_client_ip(request)) if request else "",
    }
    get_adapter().send_mail("account/email/notice", address, context)


def browser_of(request: HttpRequest) -> str:
    """Return the browser and the system that a request names, in words, such as Firefox, Linux."""
    agent = request.headers.get("User-Agent", "")
    names = [
        next((name for mark, name in table if mark in agent), "") for table in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(name for name in names if name) or _now("an unknown program")
