"""People, who log in with an e-mail address, and the one owner check for all that is theirs."""

from typing import ClassVar, Self, TypeVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

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

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]  # keyed by e-mail

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.email

    def save_defaults(self, author: str, domain_name: str) -> None:
        """Store what was typed for the last video as the defaults of the next one."""
        if (self.author, self.domain_name) != (author, domain_name):
            self.author, self.domain_name = author, domain_name
            self.save(update_fields=["author", "domain_name"])


class OwnedQuerySet(models.QuerySet[_Row]):
    """Rows that belong to a person: every view reaches them through ``for_user``."""

    owner_field = "owner"  # the lookup that leads to the owner

    def for_user(self, user: User | AnonymousUser) -> Self:
        """Return the rows that ``user`` owns: none for a visitor who is not logged in."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(**{self.owner_field: user})
