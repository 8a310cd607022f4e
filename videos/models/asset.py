"""Files that people bring for their films: pictures, looping videos, logos and translations."""

import uuid
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from videos.models.user import OwnedQuerySet, User

_SUFFIXES = {".jpg", ".png", ".mp4", ".txt"}


def asset_path(asset: "Asset", filename: str) -> str:
    """Return where a file is stored: a random name, never one that a person chose."""
    suffix = PurePosixPath(filename).suffix.lower()
    return f"assets/{uuid.uuid4().hex}{suffix if suffix in _SUFFIXES else '.bin'}"


def asset_column(name: Any) -> "models.CharField[str, str]":  # noqa: ANN401 - a lazy string
    """Return a column for the id of one asset, empty for none.

    It is no foreign key: a film that is there stays as it is when its asset is deleted.
    """
    return models.CharField(
        name, max_length=32, blank=True, default="", db_default="", help_text=_("Id of an asset.")
    )


class AssetQuerySet(OwnedQuerySet["Asset"]):
    """Assets by their owners."""

    def in_order(self, ids: Iterable[str]) -> "list[Asset]":
        """Return the assets with these ids, in their order; what is not there is left out."""
        parsed_ids = [parsed for each in ids if (parsed := parse_asset_id(each))]
        rows = self.in_bulk(parsed_ids)
        return [rows[each] for each in parsed_ids if each in rows]

    def of_backdrops(self) -> Self:
        """Return those that move in films: pictures and looping videos."""
        return self.filter(kind__in=(Asset.Kind.PICTURE, Asset.Kind.LOOP))

    def of_kind(self, kind: "Asset.Kind", asset_id: str) -> "Asset | None":
        """Return the asset with this id, None where there is none of that kind."""
        return next(iter(self.filter(kind=kind).in_order([asset_id])), None)


class Asset(models.Model):
    """One file of a person, as films use it: converted, and stored once however often it comes."""

    class Kind(models.TextChoices):
        PICTURE = "picture", _("Picture")
        LOOP = "loop", _("Looping video")
        LOGO = "logo", _("Logo")
        TRANSLATION = "translation", _("Translation")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, models.CASCADE, related_name="assets", verbose_name=_("owner"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    file = models.FileField(_("file"), upload_to=asset_path, max_length=200)
    digest = models.CharField(
        _("digest"), max_length=64, editable=False, help_text=_("SHA-256 of the file that came.")
    )
    width = models.PositiveSmallIntegerField(_("width"), help_text=_("Pixels."))
    height = models.PositiveSmallIntegerField(_("height"), help_text=_("Pixels."))
    duration = models.FloatField(_("duration"), null=True, blank=True, help_text=_("Seconds."))
    size = models.PositiveBigIntegerField(_("size"), help_text=_("Bytes."))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    used_at = models.DateTimeField(
        _("last used"), auto_now_add=True, help_text=_("When it was last chosen for a film.")
    )

    objects: ClassVar[AssetQuerySet] = AssetQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("asset")
        verbose_name_plural = _("assets")
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=("-created_at", "-id"), name="asset_created"),)
        constraints = (
            models.UniqueConstraint(fields=("owner", "kind", "digest"), name="one_asset_per_file"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk.hex[:8]}"

    @property
    def shape(self) -> str:
        """Its sides in pixels, "" for words."""
        return f"{self.width} × {self.height}" if self.width else ""


def parse_asset_id(text: str) -> uuid.UUID | None:
    """Return the id that ``text`` is, None for any other text."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
