"""People, who log in with an e-mail address, and the one owner check for all that is theirs."""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from videos import clock

_Row = TypeVar("_Row", bound=models.Model, covariant=True)


class UserManager(BaseUserManager["User"]):
    """Creates users by their e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Return a new user; raise ``ValueError`` where ``email`` is empty."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Return a new user who may do everything in the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A creator or an operator."""

    username = None  # type: ignore[assignment]  # people log in with their e-mail address
    email = models.EmailField(_("e-mail address"), unique=True)
    author = models.CharField(_("usual author"), max_length=50, blank=True)
    domain_name = models.CharField(_("usual domain name"), max_length=50, blank=True)
    logo = models.CharField(
        _("usual logo"), max_length=32, blank=True, default="", db_default="", editable=False
    )
    session_salt = models.CharField(
        _("salt of sessions"),
        max_length=32,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text=_("Every session ends when it changes."),
    )
    approval_requested_at = models.DateTimeField(
        _("waits for approval since"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Empty for everybody who may log in."),
    )

    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.LANGUAGES,
        blank=True,
        default="",
        db_default="",
        help_text=_("Of pages and mails; empty is that of the browser."),
    )
    browser_language = models.CharField(
        _("language of the browser"),
        max_length=10,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text=_("At the last log-in."),
    )
    film_defaults = models.JSONField(
        _("defaults of new videos"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Look, shapes and colours, where they differ from ours."),
    )
    ready_mail_since = models.DateTimeField(
        _("mails about finished videos since"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Those that ended before were mailed; empty where no mail is wanted."),
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]  # keyed by e-mail

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        indexes = (models.Index(fields=("-date_joined", "-id"), name="user_joined"),)

    def __str__(self) -> str:
        return self.email

    def save_defaults(self, author: str, domain_name: str) -> None:
        """Store what was typed for the last video as the defaults of the next one."""
        if (self.author, self.domain_name) != (author, domain_name):
            self.author, self.domain_name = author, domain_name
            self.save(update_fields=["author", "domain_name"])

    def save_logo(self, logo: str) -> None:
        """Store the id of the last video's logo, which the next one has, too; "" for none."""
        if self.logo != logo:
            self.logo = logo
            self.save(update_fields=["logo"])

    def save_film_defaults(self, values: dict[str, object]) -> None:
        """Store options that new videos begin with, by their names; formats are a list."""
        self.film_defaults = {name: value for name, value in values.items() if value} or None
        self.save(update_fields=["film_defaults"])

    def set_ready_mails(self, *, is_on: bool) -> None:
        """Have mails sent about videos that end from now on, or none any more."""
        if is_on != (self.ready_mail_since is not None):
            self.ready_mail_since = clock.now() if is_on else None
            self.save(update_fields=["ready_mail_since"])

    def mark_ready_mailed(self, until: datetime) -> bool:
        """Note that all that ended by ``until`` is mailed; False where somebody else did."""
        rows = User.objects.filter(pk=self.pk, ready_mail_since=self.ready_mail_since)
        return bool(rows.update(ready_mail_since=until))

    def set_language(self, code: str) -> None:
        """Store the language of pages and mails; "" is that of the browser."""
        self.language = code
        self.save(update_fields=["language"])

    def note_browser_language(self, code: str) -> None:
        """Store the language of the browser, for mails that no browser asks for."""
        if self.browser_language != code:
            self.browser_language = code
            self.save(update_fields=["browser_language"])

    def get_session_auth_hash(self) -> str:
        """Return what a session must have in it to be one of this person's."""
        return self._with_salt(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield the same for each of ``SECRET_KEY_FALLBACKS``."""
        for stock in super().get_session_auth_fallback_hash():
            yield self._with_salt(stock)

    def end_sessions(self) -> None:
        """End every session of this person, and forget the browsers that they used."""
        self.session_salt = secrets.token_hex(16)
        self.save(update_fields=["session_salt"])

    def _with_salt(self, stock: str) -> str:
        """Return a hash of sessions; those of before the first salt stay valid."""
        salted = hashlib.sha256(f"{stock}{self.session_salt}".encode()).hexdigest()
        return salted if self.session_salt else stock

    def approve(self) -> bool:
        """Let a new person log in; False where nobody waits for it."""
        waiting = User.objects.filter(pk=self.pk, approval_requested_at__isnull=False)
        return bool(waiting.update(approval_requested_at=None))


class OwnedQuerySet(models.QuerySet[_Row]):
    """Rows that belong to a person: every view reaches them through ``for_user``."""

    owner_field = "owner"  # the lookup that leads to the owner

    def for_user(self, user: User | AnonymousUser) -> Self:
        """Return the rows that ``user`` owns: none for a visitor who is not logged in."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(**{self.owner_field: user})
