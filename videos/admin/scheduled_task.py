"""The admin of what runs by the clock: last run, next run, what it did."""

from datetime import timedelta

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from videos.admin.read_only import ReadOnlyAdmin
from videos.housekeeping import CHORES
from videos.models import ScheduledTask
from videos.models.scheduled_task import TICK


@admin.register(ScheduledTask)
class ScheduledTaskAdmin(ReadOnlyAdmin):
    """The chores of the housekeeping, and the ticks of beat."""

    list_display = ("what", "is_well", "last_run", "took", "next_run_at", "outcome")
    list_display_links = None
    actions = ("run_soon",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ScheduledTask]:
        """Return what is done still; a chore of an older version is not shown."""
        return ScheduledTask.objects.filter(name__in=(TICK, *CHORES)).in_order()

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """The rows stay."""
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Show the list under its name: there is nothing to select."""
        return super().changelist_view(request, {"title": _("What runs by the clock")})

    @admin.display(description=gettext_lazy("what"))
    def what(self, task: ScheduledTask) -> str:
        """Return what the task does."""
        if task.name == TICK:
            return _("Ticks of beat, which wake workers")
        return str(CHORES[task.name].label)

    @admin.display(description=gettext_lazy("well"), boolean=True)
    def is_well(self, task: ScheduledTask) -> bool:
        """Return whether its last run ended well, and ticks still come."""
        return ScheduledTask.objects.ticks() if task.name == TICK else not task.failed

    @admin.display(description=gettext_lazy("last run"), empty_value="-")
    def last_run(self, task: ScheduledTask) -> object:
        """Return when it ran last."""
        return task.finished_at if task.name == TICK else task.started_at

    @admin.display(description=gettext_lazy("took"), empty_value="-")
    def took(self, task: ScheduledTask) -> str | None:
        """Return how long its last run took."""
        if not task.started_at or not task.finished_at or task.finished_at < task.started_at:
            return None
        duration: timedelta = task.finished_at - task.started_at
        return f"{duration.total_seconds():.1f} s"

    @admin.action(description=gettext_lazy("Run soon"), permissions=["view"])
    def run_soon(self, request: HttpRequest, queryset: QuerySet[ScheduledTask]) -> None:
        """Make the tasks due, for the next time that the housekeeping looks."""
        chosen = ScheduledTask.objects.filter(pk__in=queryset.values("pk"))
        chosen.run_soon()
        for task in chosen:
            self.log_change(request, task, _("Run soon"))
        self.message_user(request, _("Done within a minute or two."), messages.SUCCESS)
