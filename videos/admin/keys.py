"""API keys for operators, who see whose they are and what they may do, never the keys."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from videos.models import ApiKey

TOLD = ("owner", "name", "scopes", "expires_at")


@admin.register(ApiKey)
class ApiKeyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for mypy only
    """Every key; one that is made here is told on the page that follows, once."""

    list_display = (
        "name",
        "owner",
        "shown",
        "scopes",
        "created_at",
        "last_used_at",
        "expires_at",
        "is_usable",
    )
    list_filter = ("scopes", "created_at", "revoked_at")
    list_select_related = ("owner",)
    search_fields = ("name", "owner__email", "shown")
    autocomplete_fields = ("owner",)
    readonly_fields = ("shown", "created_at", "last_used_at", "revoked_at")
    actions = ("revoke",)

    def get_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        """A key that is not made yet has no history."""
        return (*TOLD, *self.readonly_fields) if obj else TOLD

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        """Nobody gives away a key that somebody else holds."""
        return ("owner", *self.readonly_fields) if obj else ()

    def save_model(
        self, request: HttpRequest, obj: ApiKey, form: "ModelForm[ApiKey]", change: bool
    ) -> None:
        """Write what was corrected, or make the key and keep it for the answer."""
        if change:
            obj.save(update_fields=["name", "scopes", "expires_at"])
            return
        scopes = ApiKey.Scopes(obj.scopes)
        made, secret = ApiKey.objects.issue(obj.owner, obj.name, scopes, obj.expires_at)
        obj.pk = made.pk
        request.new_api_key = secret  # type: ignore[attr-defined]  # told in this very answer only

    def response_add(
        self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Tell the new key on a page that no browser keeps: a message would lie in a cookie."""
        secret = getattr(request, "new_api_key", "")
        context = {**self.admin_site.each_context(request), "title": _("The new key"), "key": obj}
        page = render(request, "admin/videos/apikey/told.html", context | {"secret": secret})
        add_never_cache_headers(page)
        return page

    @admin.display(description=gettext_lazy("usable"), boolean=True)
    def is_usable(self, key: ApiKey) -> bool:
        """Return whether the key opens anything."""
        return key.is_usable

    @admin.action(description=gettext_lazy("Revoke"), permissions=["change"])
    def revoke(self, request: HttpRequest, rows: QuerySet[ApiKey]) -> None:
        """Let the chosen keys open nothing any more."""
        done = sum(key.revoke() for key in rows)
        said = ngettext("%(n)d key was revoked.", "%(n)d keys were revoked.", done)
        messages.success(request, said % {"n": done})
