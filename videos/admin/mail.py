"""The admin of mails: to whom, about what, and what the mail server said; never their texts."""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from videos import mail
from videos.admin.large_tables import LargeTable
from videos.admin.search import AnyIdSearch
from videos.models import Mail

FIELDS = (
    *("recipient", "subject", "sender", "state", "last_error"),
    *("attempt_count", "crashed_claims", "fencing_token"),
    *("due_at", "created_at", "sent_at"),
)


@admin.register(Mail)
class MailAdmin(AnyIdSearch, LargeTable, admin.ModelAdmin):  # type: ignore[type-arg]  # generic for mypy only
    """Every mail of the last days; nothing is edited, and the texts hold links for others."""

    list_display = (
        *("recipient", "state", "last_error", "subject"),
        *("attempt_count", "due_at", "created_at"),
    )
    list_filter = ("state", "created_at")
    search_texts = ("recipient", "subject", "last_error")
    actions = ("resend",)
    fields = readonly_fields = FIELDS
    change_form_template = "admin/videos/mail/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mail]:
        """Read no text in lists: it may be long."""
        rows: QuerySet[Mail] = super().get_queryset(request)
        return rows.defer("message")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The pages that send mails create them."""
        return False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Show a mail without the buttons that save: there is nothing to save."""
        buttons: dict[str, object] = {"show_save": False, "show_save_and_continue": False}
        return super().change_view(request, object_id, form_url, (extra_context or {}) | buttons)

    def save_model(self, request: HttpRequest, obj: Mail, form: object, change: bool) -> None:
        """Write nothing: a worker may have changed the row meanwhile."""

    def response_change(self, request: HttpRequest, obj: Mail) -> HttpResponse:
        """Send the mail again if that button was pressed."""
        if "_resend" not in request.POST:
            return super().response_change(request, obj)
        self._resend(request, [obj])
        return redirect(request.path)

    @admin.action(description=gettext_lazy("Send again"), permissions=["change"])
    def resend(self, request: HttpRequest, queryset: QuerySet[Mail]) -> None:
        """Send the selected mails again."""
        self._resend(request, queryset)

    def _resend(self, request: HttpRequest, rows: Sequence[Mail] | QuerySet[Mail]) -> None:
        count = sum(mail.resend(row) for row in rows)
        text = ngettext("%(count)d mail is sent again.", "%(count)d mails are sent again.", count)
        if count:
            self.message_user(request, text % {"count": count}, messages.SUCCESS)
            return
        sentence = _(
            "There was nothing to do: the text of a mail is deleted when it is sent, and after a "
            "day. Whom it was for can ask for a new one."
        )
        self.message_user(request, sentence, messages.WARNING)
