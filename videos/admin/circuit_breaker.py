"""The admin of vendors: the circuit of each, and the credits of our account there."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from videos import pipeline
from videos.models import Circuit
from videos.providers.registry import vendors


@admin.register(Circuit)
class CircuitAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for mypy only
    """Every vendor that is set up; nothing is edited, because requests write all columns."""

    list_display = (
        "vendor",
        "state",
        "credits",
        "answered_at",
        "failed_at",
        "failures",
        "open_until",
        "last_error",
    )
    list_display_links = None
    actions = ("close_circuits",)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Show every vendor that is set up, also one that was never used, with its credits."""
        for each in vendors():
            Circuit.objects.for_provider(each.key)
            pipeline.credits(each.key)
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Vendors are set up by the environment."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """The row of a vendor that is no longer set up stays."""
        return False

    @admin.display(description=gettext_lazy("vendor"), ordering="provider")
    def vendor(self, circuit: Circuit) -> str:
        """Return the name of the vendor."""
        return next((v.label for v in vendors() if v.key == circuit.provider), circuit.provider)

    @admin.display(description=gettext_lazy("state"))
    def state(self, circuit: Circuit) -> str:
        """Return the state of the circuit as text."""
        if circuit.provider not in {each.key for each in vendors()}:
            return _("no key")
        if circuit.is_open:
            return _("down")
        if circuit.failures:
            return _("failing")
        return _("up") if circuit.answered_at else _("not asked yet")

    @admin.action(description=gettext_lazy("Ask again now"), permissions=["change"])
    def close_circuits(self, request: HttpRequest, queryset: QuerySet[Circuit]) -> None:
        """Close the circuits, so that requests are sent again at once."""
        queryset.update(open_until=None, failures=0)
        self.message_user(request, _("They are asked again."), messages.SUCCESS)
