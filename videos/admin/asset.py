"""The admin of assets: the pictures and looping videos that people brought for their films."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from videos import pipeline
from videos.admin.large_tables import LargeTable
from videos.admin.search import AnyIdSearch
from videos.models import Asset


@admin.register(Asset)
class AssetAdmin(AnyIdSearch, LargeTable, admin.ModelAdmin):  # type: ignore[type-arg]  # for mypy only
    """Every asset; nothing of it is edited, and none is added here."""

    search_texts = ("owner__email",)
    search_ids = ("id", "digest")
    search_help_text = _("E-mail, or the beginning of any id")
    list_display = ("__str__", "owner", "kind", "width", "height", "megabytes", "created_at")
    list_filter = ("kind", "created_at")
    list_select_related = ("owner",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Assets are brought on the site."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """An asset is as it was converted."""
        return False

    @admin.display(description=_("size"), ordering="size")
    def megabytes(self, asset: Asset) -> str:
        """Return the size of the file."""
        return filesizeformat(asset.size)

    def delete_model(self, request: HttpRequest, obj: Asset) -> None:
        """Delete the asset and its file."""
        pipeline.delete_asset(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Asset]) -> None:
        """Delete the assets and their files."""
        for asset in queryset:
            pipeline.delete_asset(asset)
