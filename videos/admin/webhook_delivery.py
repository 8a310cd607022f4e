"""Callbacks for operators: who was told what, who could not be told, and why."""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from videos import search, webhooks
from videos.admin.search import AnyIdSearch
from videos.models import Delivery, DeliveryAttempt


class AttemptInline(admin.TabularInline):  # type: ignore[type-arg]  # generic for mypy only
    """The calls of a delivery, to be read."""

    model = DeliveryAttempt
    fields = readonly_fields = ("at", "status_code", "milliseconds", "error", "said")
    template = "admin/videos/delivery/attempts.html"
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Workers write them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody changes what happened."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """They go with their delivery."""
        return False


@admin.register(Delivery)
class DeliveryAdmin(AnyIdSearch, admin.ModelAdmin):  # type: ignore[type-arg]  # ditto
    """Every callback; all of it is written by workers."""

    search_texts = ("owner__email", "receiver", "video__track__title")
    search_ids = ("id", *(f"video__{each}" for each in search.VIDEO_IDS))
    search_help_text = gettext_lazy("Title, e-mail, receiver, or any id or part of one")
    list_display = (
        "video",
        "state",
        "receiver",
        "outcome",
        "attempt_count",
        "last_error",
        "owner",
        "created_at",
    )
    list_filter = ("state", "outcome", "video__callback_family", "created_at")
    list_select_related = ("owner", "video__track")
    list_per_page = 50
    actions = ("send_again",)
    inlines = (AttemptInline,)
    fieldsets = (
        (None, {"fields": ("id", "video", "owner", "receiver", ("outcome", "state"))}),
        (
            gettext_lazy("Sending"),
            {
                "fields": (
                    ("calls", "tries", "attempt"),
                    "last_error",
                    ("due_at", "created_at", "delivered_at"),
                )
            },
        ),
    )
    change_form_template = "admin/videos/delivery/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        """Count the calls along."""
        rows: QuerySet[Delivery] = super().get_queryset(request)
        return rows.annotate(attempt_count=Count("attempts"))

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        """Nothing is typed here."""
        return [field.name for field in Delivery._meta.fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The end of a video makes one."""
        return False

    def response_change(self, request: HttpRequest, obj: Delivery) -> HttpResponse:
        """Send it again, where that button was pressed."""
        if "_send_again" not in request.POST:
            return super().response_change(request, obj)
        self._send(request, [obj])
        return redirect(request.path)

    @admin.action(description=gettext_lazy("Send again"), permissions=["change"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        """Have the chosen ones sent once more."""
        self._send(request, queryset)

    @admin.display(description=gettext_lazy("calls"), ordering="attempt_count")
    def attempt_count(self, row: Delivery) -> int:
        """Return how often the receiver was called."""
        return int(getattr(row, "attempt_count", 0))

    def _send(self, request: HttpRequest, rows: Sequence[Delivery] | QuerySet[Delivery]) -> None:
        count = sum(webhooks.send_again(row) for row in rows)
        said = ngettext(
            "%(count)d callback is sent again.", "%(count)d callbacks are sent again.", count
        )
        if count:
            self.message_user(request, said % {"count": count}, messages.SUCCESS)
        else:
            self.message_user(request, _("There was nothing to do."), messages.WARNING)
