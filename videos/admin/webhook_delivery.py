"""The admin of webhook deliveries: their receivers, outcomes, attempts and errors."""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from videos import search, webhooks
from videos.admin.large_tables import LargeTable, count_related
from videos.admin.read_only import ReadOnlyInline
from videos.admin.search import AnyIdSearch
from videos.models import Delivery, DeliveryAttempt


class AttemptInline(ReadOnlyInline):
    """The attempts of a delivery, read-only."""

    model = DeliveryAttempt
    fields = readonly_fields = ("at", "status_code", "milliseconds", "error", "response_excerpt")
    template = "admin/videos/delivery/attempts.html"


@admin.register(Delivery)
class DeliveryAdmin(AnyIdSearch, LargeTable, admin.ModelAdmin):  # type: ignore[type-arg]  # ditto
    """Every delivery; nothing is edited, because workers write all columns."""

    search_texts = ("owner__email", "receiver", "video__track__title")
    search_ids = ("id", *(f"video__{each}" for each in search.VIDEO_IDS))
    search_help_text = gettext_lazy("Title, e-mail, receiver, or the beginning of any id")
    list_display = (
        "video",
        "state",
        "receiver",
        "outcome",
        "total_attempts",
        "last_error",
        "owner",
        "created_at",
    )
    list_filter = ("state", "outcome", "video__webhook_family", "created_at")
    list_select_related = ("owner", "video__track")
    actions = ("resend",)
    inlines = (AttemptInline,)
    fieldsets = (
        (None, {"fields": ("id", "video", "owner", "receiver", ("outcome", "state"))}),
        (
            gettext_lazy("Sending"),
            {
                "fields": (
                    ("attempt_count", "crashed_claims", "fencing_token"),
                    "last_error",
                    ("due_at", "created_at", "delivered_at"),
                )
            },
        ),
    )
    change_form_template = "admin/videos/delivery/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        """Annotate the number of attempts, also those before the delivery was resent."""
        rows: QuerySet[Delivery] = super().get_queryset(request)
        return rows.annotate(
            total_attempts=count_related(DeliveryAttempt.objects.all(), "delivery")
        )

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        """Return all columns: nothing is edited here."""
        return [field.name for field in Delivery._meta.fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The transitions of a video create deliveries."""
        return False

    def response_change(self, request: HttpRequest, obj: Delivery) -> HttpResponse:
        """Resend the delivery if that button was pressed."""
        if "_resend" not in request.POST:
            return super().response_change(request, obj)
        self._resend(request, [obj])
        return redirect(request.path)

    @admin.action(description=gettext_lazy("Send again"), permissions=["change"])
    def resend(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        """Resend the selected deliveries."""
        self._resend(request, queryset)

    @admin.display(description=gettext_lazy("calls"), ordering="total_attempts")
    def total_attempts(self, row: Delivery) -> int:
        """Return the number of all requests to the receiver."""
        return int(getattr(row, "total_attempts", 0))

    def _resend(self, request: HttpRequest, rows: Sequence[Delivery] | QuerySet[Delivery]) -> None:
        count = sum(webhooks.resend(row) for row in rows)
        text = ngettext(
            "%(count)d webhook is sent again.", "%(count)d webhooks are sent again.", count
        )
        if count:
            self.message_user(request, text % {"count": count}, messages.SUCCESS)
        else:
            self.message_user(request, _("There was nothing to do."), messages.WARNING)
