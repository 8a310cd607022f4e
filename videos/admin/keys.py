"""The admin of API keys: owners, scopes and dates, never the keys themselves."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from videos.accounts.notices import notify
from videos.admin.large_tables import LargeTable
from videos.admin.search import AnyIdSearch
from videos.models import AccountEvent, ApiKey

EDITABLE = ("owner", "name", "scopes", "expires_at")


@admin.register(ApiKey)
class ApiKeyAdmin(AnyIdSearch, LargeTable, admin.ModelAdmin):  # type: ignore[type-arg]  # generic for mypy only
    """Every key; one that is issued here is shown once, on the next page."""

    list_display = (
        "name",
        "owner",
        "prefix",
        "scopes",
        "created_at",
        "last_used_at",
        "expires_at",
        "is_usable",
    )
    list_filter = ("scopes", "created_at", "revoked_at")
    list_select_related = ("owner",)
    search_texts = ("name", "owner__email")
    search_ids = ("prefix",)
    autocomplete_fields = ("owner",)
    readonly_fields = ("prefix", "created_at", "last_used_at", "revoked_at")
    actions = ("revoke",)

    def get_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        """Return the fields; a key that is not issued yet has no history."""
        return (*EDITABLE, *self.readonly_fields) if obj else EDITABLE

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        """Return what cannot be edited, such as the owner, who alone has the key."""
        return ("owner", *self.readonly_fields) if obj else ()

    def save_model(
        self, request: HttpRequest, obj: ApiKey, form: "ModelForm[ApiKey]", change: bool
    ) -> None:
        """Write what was edited, or issue the key and keep it for this response."""
        if change:
            obj.save(update_fields=["name", "scopes", "expires_at"])
            return
        scopes = ApiKey.Scopes(obj.scopes)
        row, secret = ApiKey.objects.issue(obj.owner, obj.name, scopes, obj.expires_at)
        notify(row.owner, AccountEvent.Kind.API_KEY_CREATED, str(row), request)
        obj.pk = row.pk
        request.new_api_key = secret  # type: ignore[attr-defined]  # for this response only

    def response_add(
        self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Show the new key on a page that no browser stores; a message would be in a cookie."""
        secret = getattr(request, "new_api_key", "")
        context = {**self.admin_site.each_context(request), "title": _("The new key"), "key": obj}
        page = render(request, "admin/videos/apikey/key_created.html", context | {"secret": secret})
        add_never_cache_headers(page)
        return page

    @admin.display(description=gettext_lazy("usable"), boolean=True)
    def is_usable(self, key: ApiKey) -> bool:
        """Return whether the key is neither revoked nor expired."""
        return key.is_usable

    @admin.action(description=gettext_lazy("Revoke"), permissions=["change"])
    def revoke(self, request: HttpRequest, rows: QuerySet[ApiKey]) -> None:
        """Revoke the selected keys for good."""
        count = sum(key.revoke() for key in rows)
        text = ngettext("%(n)d key was revoked.", "%(n)d keys were revoked.", count)
        messages.success(request, text % {"n": count})
