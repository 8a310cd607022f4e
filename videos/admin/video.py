"""The admin of videos: which are stuck or failed, why, and the actions that help."""

import json
from datetime import timedelta
from typing import cast

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminSplitDateTime
from django.db.models import DateTimeField, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from videos import clock, pipeline, search
from videos.admin.large_tables import LargeTable, ProviderFilter
from videos.admin.read_only import ReadOnlyInline
from videos.admin.search import AnyIdSearch
from videos.models import Event, User, Video
from videos.render.options import OPTIONS
from videos.share import reports
from videos.vendors import BUILTIN

# Workers and the site write all the others
EDITABLE = (
    *("author", "domain_name"),
    *("visibility", "shared_until", "embedding_allowed", "download_allowed"),
)
# Files are listed by name, because the admin would link them at addresses where nobody serves them
HIDDEN = ("film", "poster", "vendor_record", "password")
READ_ONLY = (
    *(field.name for field in Video._meta.fields if field.name not in {*EDITABLE, *HIDDEN}),
    "files",
    "formatted_record",
)
OPTION_NAMES = tuple(option.name for option in OPTIONS)
OPTION_FILTERS = tuple(option.name for option in OPTIONS if not option.is_colour)
OPTION_ROWS = tuple(OPTION_NAMES[i : i + 2] for i in range(0, len(OPTION_NAMES), 2))


class MomentWidget(AdminSplitDateTime):
    """Django's two fields of a date and a time, with names that screen readers read."""

    def __init__(self) -> None:
        super().__init__()
        for widget, label in zip(self.widgets, (_("Date"), _("Time")), strict=True):
            widget.attrs["aria-label"] = label


class EventInline(ReadOnlyInline):
    """The history of a video, read-only."""

    model = Event
    fields = readonly_fields = ("at", "kind", "detail")
    template = "admin/videos/video/history.html"


class OnlyAtVendor(admin.SimpleListFilter):
    """Filters the films of which only the vendor has a copy."""

    title = _("our copy")
    parameter_name = "copy"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Video]"
    ) -> list[tuple[str, str]]:
        """Return the choices."""
        return [
            ("risk", str(_("At risk: only the vendor has it"))),
            ("week", str(_("At risk: the vendor deletes it within a week"))),
            ("day", str(_("At risk: the vendor deletes it within a day"))),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Video]) -> QuerySet[Video]:
        """Return the videos of the selected choice."""
        within = {"week": timedelta(days=7), "day": timedelta(days=1)}.get(self.value() or "")
        if not self.value():
            return queryset
        at_risk = Video.objects.expiring(within) if within else Video.objects.at_risk()
        return queryset.filter(pk__in=at_risk.values("pk"))


@admin.register(Video)
class VideoAdmin(AnyIdSearch, LargeTable, admin.ModelAdmin):  # type: ignore[type-arg]  # ditto
    """Every video, with actions that retry, poll, copy and cancel."""

    search_texts = (*search.VIDEO_TEXTS, "owner__email")
    search_ids = search.VIDEO_IDS
    search_help_text = _("Title, author, e-mail, or the beginning of any id")
    list_display = (
        "title",
        "owner",
        "status",
        "provider",
        "progress",
        "copy",
        "fencing_token",
        "age",
        "file_size",
    )
    list_filter = (
        "status",
        ProviderFilter,
        OnlyAtVendor,
        "stage",
        "delay_reason",
        "failure",
        "visibility",
        *OPTION_FILTERS,
        "created_at",
    )
    list_select_related = ("owner", "track")
    fieldsets = (
        (None, {"fields": (*EDITABLE, "owner", "track", "provider")}),
        (_("Look and sound"), {"fields": OPTION_ROWS}),
        (
            _("Making"),
            {
                "fields": (
                    ("status", "failure"),
                    "error_message",
                    ("stage", "fraction", "seconds_left"),
                    ("fencing_token", "crashed_claims", "due_at"),
                    ("created_at", "queued_at", "queue_position_at"),
                    ("started_at", "completed_at"),
                )
            },
        ),
        (
            _("Client"),
            {"fields": (("webhook_url", "webhook_family"),), "classes": ("collapse",)},
        ),
        (
            _("Vendor"),
            {
                "fields": (
                    ("vendor_task_id", "delay_reason", "unconfirmed_submissions"),
                    ("submitted_at", "polled_at", "poll_count", "callback_received"),
                    "vendor_url",
                    "former_orders",
                    ("expires_at", "copy_failures", "copy_error"),
                    "formatted_record",
                ),
                "classes": ("collapse",),
            },
        ),
        (_("Film"), {"fields": (("width", "height", "duration"), ("size", "loudness"), "files")}),
        (_("Ids"), {"fields": ("id", "slug", "form_token")}),
    )
    readonly_fields = READ_ONLY
    formfield_overrides = {DateTimeField: {"widget": MomentWidget}}
    view_on_site = False  # the page is its owner's
    actions = ("retry", "render_here", "poll_now", "copy_now", "cancel", "take_down")
    inlines = (EventInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Videos are ordered on the site, by those who own the song."""
        return False

    def save_model(
        self, request: HttpRequest, obj: Video, form: "ModelForm[Video]", change: bool
    ) -> None:
        """Write only the fields that were edited: a worker may be writing the others."""
        obj.save(update_fields=form.changed_data)

    def delete_model(self, request: HttpRequest, obj: Video) -> None:
        """Delete the video with its files."""
        pipeline.delete_video(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        """Delete the videos with their files."""
        for video in queryset:
            pipeline.delete_video(video)

    def response_change(self, request: HttpRequest, obj: Video) -> HttpResponse:
        """Run the action of the button that was pressed, after the fields are saved."""
        for name in self.actions:
            if f"_{name}" in request.POST:
                getattr(self, name)(request, Video.objects.filter(pk=obj.pk))
                return redirect(request.path)
        return super().response_change(request, obj)

    @admin.action(description=_("Try again"), permissions=["change"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        """Order the failed and cancelled videos of the selection again.

        One that its vendor may have made is ordered again only alone: it may be billed twice.
        """
        videos = list(queryset)
        unclear = [video for video in videos if video.may_exist_at_vendor and len(videos) > 1]
        if unclear:
            sentence = _("Left out, because the vendor may have made them: %(videos)s. Open each.")
            names = ", ".join(map(str, unclear))
            self.message_user(request, sentence % {"videos": names}, messages.WARNING)
        retried = [each for each in videos if each not in unclear and pipeline.retry(each)]
        count = self._log(request, retried, _("Tried again."))
        text = ngettext("%(count)d video is made again.", "%(count)d videos are made again.", count)
        self._report(request, count, text % {"count": count})

    @admin.action(description=_("Try with the built-in renderer"), permissions=["change"])
    def render_here(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        """Let our own renderer make the failed videos of which there is audio."""
        videos = [video for video in queryset.select_related("track") if video.track.has_sound]
        retried = [each for each in videos if pipeline.retry(each, BUILTIN)]
        count = self._log(request, retried, _("Tried again with the built-in renderer."))
        text = ngettext("%(count)d video is made here.", "%(count)d videos are made here.", count)
        self._report(request, count, text % {"count": count})

    @admin.action(description=_("Ask the vendor now"), permissions=["change"])
    def poll_now(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        """Let workers poll the vendors of the videos at once."""
        polled = [each for each in queryset if pipeline.poll_now(each)]
        count = self._log(request, polled, _("Had the vendor asked."))
        text = ngettext("%(count)d vendor is asked.", "%(count)d vendors are asked.", count)
        self._report(request, count, text % {"count": count})

    @admin.action(description=_("Copy the film now"), permissions=["change"])
    def copy_now(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        """Let workers copy at once the films that only a vendor has."""
        copied = [each for each in queryset if pipeline.copy_now(each)]
        count = self._log(request, copied, _("Had the film copied."))
        text = ngettext("%(count)d film is copied.", "%(count)d films are copied.", count)
        self._report(request, count, text % {"count": count})

    @admin.action(description=_("Take down"), permissions=["change"])
    def take_down(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        """Hide the videos of the selection from everybody but their owners."""
        operator = cast(User, request.user)
        hidden = [each for each in queryset if reports.take_down(each, operator)]
        count = self._log(request, hidden, _("Taken down."))
        text = ngettext(
            "%(count)d video was taken down.", "%(count)d videos were taken down.", count
        )
        self._report(request, count, text % {"count": count})

    @admin.action(description=_("Cancel"), permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        """Cancel the videos of the selection that are in the making."""
        cancelled = [each for each in queryset if pipeline.cancel(each)]
        count = self._log(request, cancelled, _("Cancelled."))
        text = ngettext("%(count)d video was cancelled.", "%(count)d videos were cancelled.", count)
        self._report(request, count, text % {"count": count})

    def _log(self, request: HttpRequest, videos: list[Video], text: object) -> int:
        """Write into the log of the admin who did what to which videos; return how many."""
        for video in videos:
            self.log_change(request, video, str(text))
        return len(videos)

    def _report(self, request: HttpRequest, count: int, text: str) -> None:
        level = messages.SUCCESS if count else messages.WARNING
        self.message_user(request, text if count else _("There was nothing to do."), level)

    @admin.display(description=_("title"), ordering="track__title")
    def title(self, video: Video) -> str:
        """Return the title of the video."""
        return str(video.title)

    @admin.display(description=_("progress"), ordering="fraction")
    def progress(self, video: Video) -> str:
        """Return the stage and the percentage, or the reason of a delay; "" for a final video."""
        if video.is_final:
            return ""
        if video.is_rendered_here:
            return f"{video.get_stage_display()} {video.percent} %"
        delay = video.get_delay_reason_display() if video.delay_reason else ""
        return str(delay or video.get_stage_display())

    @admin.display(description=_("our copy"), ordering="expires_at")
    def copy(self, video: Video) -> str:
        """Return whether the film is in our storage, or how long its vendor still has it."""
        if not video.is_awaiting_copy:
            return str(_("ours")) if video.film else ""
        if video.expires_at and video.expires_at <= clock.now():
            return str(_("at risk: the vendor may have deleted it"))
        left = timeuntil(video.expires_at, depth=1) if video.expires_at else "?"
        return str(_("at risk: %(left)s left") % {"left": left})

    @admin.display(description=_("vendor's last answer"))
    def formatted_record(self, video: Video) -> str:
        """Return the vendor's last record as indented JSON."""
        if video.vendor_record is None:
            return ""
        record = json.dumps(video.vendor_record, indent=2, ensure_ascii=False)
        return format_html("<pre>{}</pre>", record)

    @admin.display(description=_("age"), ordering="-created_at")
    def age(self, video: Video) -> str:
        """Return how long ago the video was ordered."""
        return timesince(video.created_at, depth=1)

    @admin.display(description=_("size"), ordering="size")
    def file_size(self, video: Video) -> str:
        """Return the size of the film."""
        return filesizeformat(video.size) if video.size else ""

    @admin.display(description=_("files"))
    def files(self, video: Video) -> str:
        """Return the names of the film and its poster in the storage."""
        return ", ".join(str(file.name) for file in (video.film, video.poster) if file)
