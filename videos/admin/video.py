"""Videos for operators: what is stuck, what failed and why, and what to do about it."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from videos import production, search
from videos.admin.search import AnyIdSearch
from videos.models import Event, Video

# Workers and the site write all the others
EDITABLE = ("author", "domain_name", "visibility")
HIDDEN = (*EDITABLE, "film", "poster")  # the admin would link files where nobody serves them
READ_ONLY = (*(field.name for field in Video._meta.fields if field.name not in HIDDEN), "files")


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
        "attempt",
        "age",
        "file_size",
    )
    list_filter = ("status", "provider", "stage", "failure", "visibility", "format", "created_at")
    list_select_related = ("owner", "track")
    list_per_page = 50
    fieldsets = (
        (None, {"fields": (*EDITABLE, "owner", "track", "provider", "format")}),
        (
            _("Making"),
            {
                "fields": (
                    ("status", "failure"),
                    "error_message",
                    ("stage", "fraction", "seconds_left"),
                    ("attempt", "tries", "due_at"),
                    ("created_at", "queued_at", "started_at", "completed_at"),
                )
            },
        ),
        (_("Film"), {"fields": (("width", "height", "duration"), ("size", "files"))}),
        (_("Ids"), {"fields": ("id", "slug", "form_token")}),
    )
    readonly_fields = READ_ONLY
    view_on_site = False  # the page is its owner's
    actions = ("try_again", "cancel")
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
        production.remove(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        """Delete the videos with their files."""
        for video in queryset:
            production.remove(video)

    def response_change(self, request: HttpRequest, obj: Video) -> HttpResponse:
        """Do what the buttons of the page say, after its fields are saved."""
        for name, act in (("_try_again", self.try_again), ("_cancel", self.cancel)):
            if name in request.POST:
                act(request, Video.objects.filter(pk=obj.pk))
                return redirect(request.path)
        return super().response_change(request, obj)

    @admin.action(description=_("Try again"), permissions=["change"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        """Order the failed and cancelled ones of the videos once more."""
        count = sum(production.try_again(video) for video in queryset)
        said = ngettext("%(count)d video is made again.", "%(count)d videos are made again.", count)
        self._say(request, count, said % {"count": count})

    @admin.action(description=_("Cancel"), permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        """Stop those of the videos that are in the making."""
        count = sum(production.cancel(video) for video in queryset)
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
        return "" if video.is_final else f"{video.get_stage_display()} {video.percent} %"

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
