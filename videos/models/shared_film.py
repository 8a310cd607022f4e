"""The address of a film, and who may watch it there."""

import secrets
import unicodedata

from django.contrib.auth import hashers
from django.db import models
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.statuses import Visibility

# What belongs to the address of a share page, and moves with it
SHARING_COLUMNS = (
    *("slug", "visibility", "embedding_allowed", "download_allowed", "password", "shared_until"),
    "hidden_at",
)


def new_slug() -> str:
    """Return an unguessable name for a share page: 128 random bits."""
    return secrets.token_urlsafe(16)


class SharedFilm(models.Model):
    """What the owner, or an operator, decided of the share page of a film."""

    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility, default=Visibility.PRIVATE
    )
    embedding_allowed = models.BooleanField(
        _("embedding allowed"),
        default=True,
        db_default=True,
        help_text=_("Other sites may show the player in their pages."),
    )
    download_allowed = models.BooleanField(
        _("download allowed"),
        default=False,
        db_default=False,
        help_text=_("Visitors of the share page may save the film."),
    )
    password = models.CharField(
        _("password"),
        max_length=128,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text=_("A hash of it."),
    )
    shared_until = models.DateTimeField(
        _("shared until"),
        null=True,
        blank=True,
        help_text=_("From then on, only the owner may watch; empty is without end."),
    )
    hidden_at = models.DateTimeField(
        _("hidden"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Since then, only its owner may watch it, because of reports."),
    )
    slug = models.SlugField(_("slug"), max_length=32, unique=True, default=new_slug, editable=False)

    class Meta:
        abstract = True

    @property
    def needs_password(self) -> bool:
        """Whether visitors have to enter a password."""
        return self.visibility == Visibility.PASSWORD

    @property
    def has_ended(self) -> bool:
        """Whether the time of sharing is over."""
        return self.shared_until is not None and self.shared_until <= clock.now()

    @property
    def is_embeddable(self) -> bool:
        """Whether other sites may show the player: browsers keep cookies from frames."""
        return self.embedding_allowed and not self.needs_password

    def set_password(self, password: str) -> None:
        """Store the password that visitors have to enter, as a hash."""
        self.password = hashers.make_password(_normalise(password))
        self.save(update_fields=["password"])

    def check_password(self, password: str) -> bool:
        """Return whether ``password`` is the stored one; False where none is stored."""
        return hashers.check_password(_normalise(password), self.password)


def _normalise(password: str) -> str:
    """Return a password as all keyboards write it, without spaces around it."""
    return unicodedata.normalize("NFKC", password).strip()
