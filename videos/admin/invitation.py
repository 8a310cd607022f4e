"""The admin of invitations: whom they are for and whether they were used, never their links."""

from typing import cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from videos import accounts, clock
from videos.models import Invitation, User


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for mypy only
    """Every invitation; the link of one that is made here is shown once, on the next page."""

    list_display = (
        "__str__",
        "note",
        "created_by",
        "created_at",
        "expires_at",
        "used_at",
        "usable",
    )
    list_filter = ("created_at", "used_at")
    list_select_related = ("created_by",)
    search_fields = ("email", "note", "created_by__email")
    actions = ("withdraw",)

    def get_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        """Return the fields; an invitation that is not made yet has no history."""
        history = ("created_by", "created_at", "expires_at", "used_at")
        return ("email", "note", *history) if obj else ("email", "note")

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        """Return what cannot be edited once it is made: all of it."""
        return self.get_fields(request, obj) if obj else ()

    def save_model(
        self,
        request: HttpRequest,
        obj: Invitation,
        form: "ModelForm[Invitation]",
        change: bool,
    ) -> None:
        """Make the invitation, and keep its link for this response; nothing is edited."""
        if not change:
            row, url = accounts.invite(cast(User, request.user), obj.email, obj.note)
            obj.pk, obj.expires_at = row.pk, row.expires_at
            request.new_invitation = url  # type: ignore[attr-defined]  # for this response only

    def response_add(
        self, request: HttpRequest, obj: Invitation, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Show the new link on a page that no browser stores; a message would be in a cookie."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("The new invitation"),
            "invitation": obj,
            "url": getattr(request, "new_invitation", ""),
        }
        page = render(request, "admin/videos/invitation/created.html", context)
        add_never_cache_headers(page)
        return page

    @admin.display(description=gettext_lazy("usable"), boolean=True)
    def usable(self, invitation: Invitation) -> bool:
        """Return whether somebody may still sign up with it."""
        return invitation.is_usable

    @admin.action(description=gettext_lazy("Withdraw"), permissions=["change"])
    def withdraw(self, request: HttpRequest, rows: QuerySet[Invitation]) -> None:
        """Make the selected links invalid."""
        usable = rows.filter(used_at__isnull=True, expires_at__gt=clock.now())
        count = usable.update(expires_at=clock.now())
        text = ngettext(
            "%(n)d invitation was withdrawn.", "%(n)d invitations were withdrawn.", count
        )
        messages.success(request, text % {"n": count})
