"""What allauth asks us: who may sign up and log in, and how mails and addresses are made safe."""

import ipaddress
import logging
import time
from functools import cache
from types import SimpleNamespace
from typing import cast
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage, LoginStageController
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from videos import clock
from videos.accounts import devices, log_ins, proof, sign_up
from videos.accounts.notices import browser_of, notify
from videos.accounts.password_resets import reset_path
from videos.languages import choice
from videos.models import AccountEvent, User
from videos.pipeline.rations import RationSpent

logger = logging.getLogger(__name__)

MAX_EMAIL_LENGTH = 254  # characters, as SMTP allows
AUTHENTICATED_AT = "authenticated_at"  # of a session: when its person logged in, Unix time


class AccountAdapter(DefaultAccountAdapter):
    """Lets the operator disable new accounts, and makes mails and addresses of visitors safe."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether the visitor may create an account (``SIGNUP``)."""
        return sign_up.is_open_to(request)

    def clean_email(self, email: str) -> str:
        """Return an entered address; raises ``ValidationError`` for one that is too long."""
        if len(email) > MAX_EMAIL_LENGTH:
            raise ValidationError(_("No address is as long as that."))
        return email

    def save_user(
        self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True
    ) -> User:
        """Save a new person, who waits for an operator where ``SIGNUP`` says so."""
        if getattr(form, "waits_for_approval", False):
            user.approval_requested_at = clock.now()
        user.browser_language = choice.of_browser(request)
        return cast(User, super().save_user(request, user, form, commit))

    def get_login_stages(self) -> list[str]:
        """Return the steps of a log-in; approval comes after the proof of the address."""
        stages = list(super().get_login_stages())
        after = stages.index("allauth.account.stages.EmailVerificationStage") + 1
        return [*stages[:after], "videos.accounts.stages.ApprovalStage", *stages[after:]]

    def authenticate(self, request: HttpRequest, **credentials: str) -> User | None:
        """Return the person whose password it is, or None; raises ``ValidationError`` after many.

        Log-ins, also that of the admin, and passwords that are entered again all come here.
        """
        try:
            give_back = log_ins.count_log_in(request, credentials.get("email", ""))
        except RationSpent as error:
            raise self.validation_error("too_many_login_attempts") from error
        user = cast(User | None, super().authenticate(request, **credentials))
        if user:
            give_back()
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        """Log a person in, and note in the session when that was."""
        self.is_first_login = user.last_login is None
        super().login(request, user)
        user.note_browser_language(choice.of_browser(request))
        request.session[AUTHENTICATED_AT] = time.time()

    def post_login(self, request: HttpRequest, user: User, **details: object) -> HttpResponse:
        """Return the page after a log-in; its owner hears of a browser that is new."""
        response = super().post_login(request, user, **details)
        if not self.is_first_login and not devices.is_recognised(request, user):
            notify(user, AccountEvent.Kind.NEW_DEVICE, browser_of(request), request)
        devices.remember(request, response, user)
        return cast(HttpResponse, response)

    def is_reauthentication_required(self, *, app: str, **details: object) -> bool:
        """Return whether the password must be entered again: not soon after a log-in."""
        age = time.time() - self.request.session.get(AUTHENTICATED_AT, 0)
        is_recent = age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not is_recent and bool(super().is_reauthentication_required(app=app, **details))

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirm an address whose mailed link was opened, and evict whoever was there before.

        Only its owner can confirm a further address of an account: a stranger who gets such a mail
        must not tie the own address to the account of somebody else.
        """
        user = cast(User, email_address.user)
        is_first = not proof.has_confirmed_address(user)
        is_owner = request.user.is_authenticated and request.user.pk == user.pk
        if not is_first and not is_owner:
            sentence = _("Log in first, and then open the link again: this is a further address.")
            messages.error(request, sentence)
            return False
        has_password = is_owner or _has_given_password(request, user)
        if not super().confirm_email(request, email_address):
            return False
        proof.release_elsewhere(email_address)
        if is_first:
            self._evict(request, user, has_password=has_password)
        else:
            notify(user, AccountEvent.Kind.EMAIL_ADDED, str(email_address.email), request)
        return True

    def _evict(self, request: HttpRequest, user: User, *, has_password: bool) -> None:
        user.refresh_from_db()
        proof.evict(user, is_first=True)
        if not has_password:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        elif request.user.is_authenticated:
            update_session_auth_hash(request, user)
        notify(user, AccountEvent.Kind.ADDRESS_CONFIRMED, user.email, request)

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Return the page after a confirmation: a new password is set in a browser without one."""
        user = cast(User, email_address.user)
        if email_address.verified and not user.has_usable_password():
            sentence = _(
                "Now choose a password. The one of the sign-up no longer works, because it was "
                "chosen in another browser, perhaps by somebody else."
            )
            messages.info(self.request, sentence)
            return reset_path(user)
        return str(super().get_email_verification_redirect_url(email_address))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, object] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the owner of what allauth changed, in the history and by a mail of ours."""
        kind = AccountEvent.Kind(template_prefix.rpartition("/")[2])
        data = context or {}
        detail = str(data.get("to_email") or data.get("deleted_email") or "")
        notify(user, kind, detail, self.request, email or "")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address of the visitor, whatever the proxies wrote.

        allauth answers every log-in with an error where ``X-Forwarded-For`` has fewer addresses
        than ``PROXY_COUNT``, or something that is no address.
        """
        try:
            return str(super().get_client_ip(request))
        except ImproperlyConfigured:
            forwarded = request.headers.get("X-Forwarded-For", "").split(",")
            warn_of_missing_addresses(len(forwarded))
            # The nearest proxy wrote the first one: a request that passed them all has more
            return _first_address(forwarded[0], request.META.get("REMOTE_ADDR", ""))
        except PermissionDenied:
            return _first_address(request.META.get("REMOTE_ADDR", ""))

    def send_mail(
        self,
        template_prefix: str,
        email: str,
        context: dict[str, object],
        headers: dict[str, str] | None = None,
    ) -> None:
        """Send a mail whose links lead to ``SITE_URL``, whatever host a request named.

        It is in the language of its recipient.
        """
        origin = self.request.build_absolute_uri("/") if self.request else None
        links = {
            name: f"{settings.SITE_URL}/{value.removeprefix(origin)}"
            for name, value in context.items()
            if origin and isinstance(value, str) and value.startswith(origin)
        }
        site = SimpleNamespace(name=settings.SITE_NAME, domain=urlsplit(settings.SITE_URL).netloc)
        names = {"email": email, "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        data = {"request": self.request, "current_site": site, **names, **context, **links}
        with translation.override(choice.of_recipient(_owner_of(email), self.request)):
            self.render_mail(template_prefix, email, data, headers).send()


def _owner_of(email: str) -> User | None:
    """Return whose address it is, before all of those who have proved it."""
    addresses = EmailAddress.objects.filter(email=email).select_related("user")
    address = addresses.order_by("-verified").first()
    return address.user if address else User.objects.filter(email=email).first()


def _has_given_password(request: HttpRequest, user: User) -> bool:
    """Return whether the person of this browser gave the password, and waits for the proof."""
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    return stage is not None and stage.login.user is not None and stage.login.user.pk == user.pk


def _first_address(*texts: str) -> str:
    """Return the first text that is an IP address; raises ``PermissionDenied`` where none is."""
    for text in texts:
        try:
            return str(ipaddress.ip_address(text.strip()))
        except ValueError:
            continue
    raise PermissionDenied("The visitor's address is not known.")


@cache  # once in each process is enough
def warn_of_missing_addresses(count: int) -> None:
    logger.warning(
        "PROXY_COUNT is %d, but X-Forwarded-For has %d: let each proxy add to the header "
        "(nginx: $proxy_add_x_forwarded_for), or count fewer.",
        settings.PROXY_COUNT,
        count,
    )


def display_name(user: User) -> str:
    """Return the name of a person on pages and in mails."""
    return user.get_full_name() or user.email
