"""Files that come in pieces: each row is a file that a person sends, until a song is made of it."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models.track import Track
from videos.models.user import OwnedQuerySet, User

TTL = timedelta(days=1)  # after the last piece, for which an upload can be resumed
FIRST_TTL = timedelta(hours=1)  # before the first one: whoever began it may never have learnt of it
RENEWAL_INTERVAL = timedelta(minutes=10)  # the least between two writes of the expiry


def default_expiry() -> datetime:
    """Return when an upload that begins now expires, unless a piece of it comes."""
    return clock.now() + FIRST_TTL


class UploadQuerySet(OwnedQuerySet["Upload"]):
    """Uploads of one owner or many."""

    def active(self) -> Self:
        """Return those that can be resumed or used."""
        return self.filter(expires_at__gt=clock.now())

    def expired(self) -> Self:
        """Return those that nobody resumed in time."""
        return self.filter(expires_at__lte=clock.now())

    def without_song(self) -> Self:
        """Return those whose file is still one of its own."""
        return self.filter(track=None)

    def total_size(self) -> int:
        """Return the bytes that their files have or will have."""
        return int(self.without_song().aggregate(n=Sum("size"))["n"] or 0)


class Upload(models.Model):
    """A file that arrives in pieces; how much of it is here, the file itself tells."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, models.CASCADE, related_name="uploads", verbose_name=_("owner"))
    name = models.CharField(_("file name"), max_length=255, blank=True)
    size = models.PositiveBigIntegerField(_("size"), help_text=_("Bytes of the whole file."))
    track = models.ForeignKey(
        Track,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="uploads",
        verbose_name=_("song"),
        help_text=_("That was made of it: whoever sends the form again gets the same song."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), default=default_expiry, db_index=True)

    objects: ClassVar[UploadQuerySet] = UploadQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return self.name or self.pk.hex

    def renew(self) -> None:
        """Move the expiry on, because a piece has come."""
        expires_at = clock.now() + TTL
        if expires_at - self.expires_at >= RENEWAL_INTERVAL:
            self.expires_at = expires_at
            self.save(update_fields=["expires_at"])

    def set_track(self, track: Track) -> None:
        """Record which song was made of it."""
        self.track = track
        self.save(update_fields=["track"])
