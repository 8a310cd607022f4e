"""The admin of workers: which are alive."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models import WorkerPulse
from videos.models.worker import ALIVE_TIMEOUT


@admin.register(WorkerPulse)
class WorkerPulseAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for mypy only
    """The workers and when each was last seen; they write these rows themselves."""

    list_display = ("name", "queue", "doing", "version", "clock_offset", "seen_at", "is_alive")
    list_filter = ("queue",)
    search_fields = ("name",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A worker creates its own row."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """A worker updates its own row."""
        return False

    @admin.display(description=_("alive"), boolean=True)
    def is_alive(self, pulse: WorkerPulse) -> bool:
        """Return whether the worker was seen lately."""
        return clock.now() - pulse.seen_at < ALIVE_TIMEOUT
