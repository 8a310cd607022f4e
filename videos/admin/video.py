"""Videos for operators: what is stuck, what failed and why, and what to do about it."""

import json
from datetime import timedelta

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from videos import pipeline, search
from videos.admin.search import AnyIdSearch
from videos.models import Event, Video
from videos.models.vendor_task import BUILTIN

# Workers and the site write all the others
EDITABLE = ("author", "domain_name", "visibility")
HIDDEN: tuple[str, ...] = (
    *EDITABLE,
    "film",
    "poster",
)  # the admin would link files where nobody serves them
HIDDEN += ("vendor_record",)
READ_ONLY = (
    *(field.name for field in Video._meta.fields if field.name not in HIDDEN),
    "files",
    "answer",
)


class EventInline(admin.TabularInline):  # type: ignore[type-arg]  # generic for mypy only
    """The history of a video, to be read."""

    model = Event
    fields = readonly_fields = ("at", "kind", "detail")
    template = "admin/videos/video/history.html"
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody writes history."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody changes history."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody deletes history."""
        return False


class OnlyAtVendor(admin.SimpleListFilter):
    """Finds the films that we would lose if their vendor deleted them now."""

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
        """Return what was chosen."""
        within = {"week": timedelta(days=7), "day": timedelta(days=1)}.get(self.value() or "")
        if not self.value():
            return queryset
        at_risk = Video.objects.expiring(within) if within else Video.objects.at_risk()
        return queryset.filter(pk__in=at_risk.values("pk"))


@admin.register(Video)
class VideoAdmin(AnyIdSearch, admin.ModelAdmin):  # type: ignore[type-arg]  # ditto
    """Every video, with what it takes to help it along."""

    search_texts = (*search.VIDEO_TEXTS, "owner__email")
    search_ids = search.VIDEO_IDS
    search_help_text = _("Title, author, e-mail, or any id or part of one")
    list_display = (
        "title",
        "owner",
        "status",
        "provider",
        "progress",
        "copy",
        "attempt",
        "age",
        "file_size",
    )
    list_filter = (
        "status",
        "provider",
        OnlyAtVendor,
        "stage",
        "trouble",
        "failure",
        "visibility",
        "format",
        "look",
        "created_at",
    )
    list_select_related = ("owner", "track")
    list_per_page = 50
    fieldsets = (
        (None, {"fields": (*EDITABLE, "owner", "track", "provider")}),
        (
            _("Look and sound"),
            {"fields": (("format", "look"), ("resolution", "fps"), ("sound", "section_tags"))},
        ),
        (
            _("Making"),
            {
                "fields": (
                    ("status", "failure"),
                    "error_message",
                    ("stage", "fraction", "seconds_left"),
                    ("attempt", "tries", "due_at"),
                    ("created_at", "queued_at", "turn_at"),
                    ("started_at", "completed_at"),
                )
            },
        ),
        (
            _("Client"),
            {"fields": (("callback_url", "callback_family"),), "classes": ("collapse",)},
        ),
        (
            _("Vendor"),
            {
                "fields": (
                    ("vendor_task_id", "trouble", "posts"),
                    ("submitted_at", "asked_at", "polls", "hinted"),
                    "vendor_url",
                    ("expires_at", "copy_tries", "copy_error"),
                    "answer",
                ),
                "classes": ("collapse",),
            },
        ),
        (_("Film"), {"fields": (("width", "height", "duration"), ("size", "loudness"), "files")}),
        (_("Ids"), {"fields": ("id", "slug", "form_token")}),
    )
    readonly_fields = READ_ONLY
    view_on_site = False  # the page is its owner's
    actions = ("try_again", "render_here", "ask_now", "copy_now", "cancel")
    inlines = (EventInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Videos are ordered on the site, by those who own the song."""
        return False

    def save_model(
        self, request: HttpRequest, obj: Video, form: "ModelForm[Video]", change: bool
    ) -> None:
        """Write only what was changed here: a worker may be writing the rest."""
        obj.save(update_fields=form.changed_data)

    def delete_model(self, request: HttpRequest, obj: Video) -> None:
        """Delete the video with its files."""
        pipeline.remove(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        """Delete the videos with their files."""
        for video in queryset:
            pipeline.remove(video)

    def response_change(self, request: HttpRequest, obj: Video) -> HttpResponse:
        """Do what the buttons of the page say, after its fields are saved."""
        for name in self.actions:
            if f"_{name}" in request.POST:
                getattr(self, name)(request, Video.objects.filter(pk=obj.pk))
                return redirect(request.path)
        return super().response_change(request, obj)

    @admin.action(description=_("Try again"), permissions=["change"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        """Order the failed and cancelled ones of the videos once more."""
        count = sum(pipeline.try_again(video) for video in queryset)
        said = ngettext("%(count)d video is made again.", "%(count)d videos are made again.", count)
        self._say(request, count, said % {"count": count})

    @admin.action(description=_("Try with the built-in renderer"), permissions=["change"])
    def render_here(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        """Let our own renderer make those that failed, and can be heard."""
        able = [video for video in queryset.select_related("track") if video.track.has_sound]
        count = sum(pipeline.try_again(video, BUILTIN) for video in able)
        said = ngettext("%(count)d video is made here.", "%(count)d videos are made here.", count)
        self._say(request, count, said % {"count": count})

    @admin.action(description=_("Ask the vendor now"), permissions=["change"])
    def ask_now(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        """Let workers ask the vendors of the videos at once."""
        count = sum(pipeline.ask_now(video) for video in queryset)
        said = ngettext("%(count)d vendor is asked.", "%(count)d vendors are asked.", count)
        self._say(request, count, said % {"count": count})

    @admin.action(description=_("Copy the film now"), permissions=["change"])
    def copy_now(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        """Let workers copy at once what only a vendor has."""
        count = sum(pipeline.copy_now(video) for video in queryset)
        said = ngettext("%(count)d film is copied.", "%(count)d films are copied.", count)
        self._say(request, count, said % {"count": count})

    @admin.action(description=_("Cancel"), permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        """Stop those of the videos that are in the making."""
        count = sum(pipeline.cancel(video) for video in queryset)
        said = ngettext("%(count)d video was cancelled.", "%(count)d videos were cancelled.", count)
        self._say(request, count, said % {"count": count})

    def _say(self, request: HttpRequest, count: int, said: str) -> None:
        level = messages.SUCCESS if count else messages.WARNING
        self.message_user(request, said if count else _("There was nothing to do."), level)

    @admin.display(description=_("title"), ordering="track__title")
    def title(self, video: Video) -> str:
        """Return what people know the video by."""
        return str(video.title)

    @admin.display(description=_("progress"), ordering="fraction")
    def progress(self, video: Video) -> str:
        """Return the stage and how far it is, while there is one."""
        if video.is_final:
            return ""
        if video.is_rendered_here:
            return f"{video.get_stage_display()} {video.percent} %"
        return str(video.get_trouble_display() if video.trouble else video.get_stage_display())

    @admin.display(description=_("our copy"), ordering="expires_at")
    def copy(self, video: Video) -> str:
        """Return whether the film is ours, or how long its vendor has it."""
        if not video.awaits_copy:
            return str(_("ours")) if video.film else ""
        if video.expires_at and video.expires_at <= timezone.now():
            return str(_("at risk: the vendor may have deleted it"))
        left = timeuntil(video.expires_at, depth=1) if video.expires_at else "?"
        return str(_("at risk: %(left)s left") % {"left": left})

    @admin.display(description=_("vendor's last answer"))
    def answer(self, video: Video) -> str:
        """Return what the vendor said, as it can be read."""
        if video.vendor_record is None:
            return ""
        said = json.dumps(video.vendor_record, indent=2, ensure_ascii=False)
        return format_html("<pre>{}</pre>", said)

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
        """Return the names under which storage keeps the film and its poster."""
        return ", ".join(str(file.name) for file in (video.film, video.poster) if file)
