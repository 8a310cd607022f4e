"""The admin of songs: music tasks and their tracks."""

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from videos import pipeline, search
from videos.admin.large_tables import LargeTable, ProviderFilter, count_related
from videos.admin.search import AnyIdSearch
from videos.media.durations import clock
from videos.models import MusicTask, Track, User, Video

EDITABLE = ("title", "tags", "lyrics", "lyrics_offset", "use_aligned_words")
# Files are listed by name, because the admin would link them at addresses where nobody serves them
HIDDEN = ("audio", "cover", "aligned_words")
READ_ONLY = (
    *(f.name for f in Track._meta.fields if f.name not in {*EDITABLE, *HIDDEN}),
    "files",
)


@admin.register(MusicTask)
class MusicTaskAdmin(AnyIdSearch, LargeTable, admin.ModelAdmin):  # type: ignore[type-arg]  # for mypy only
    """Every music task; nothing of it is edited."""

    search_texts = ("tracks__title", "owner__email")
    search_ids = ("task_id", "tracks__audio_id")
    search_spans_many = True
    search_help_text = _("Title, e-mail, or the beginning of any id")
    list_display = (
        "task_id",
        "owner",
        "operation_type",
        "provider",
        "status",
        "songs",
        "created_at",
    )
    list_filter = ("status", ProviderFilter, "operation_type", "created_at")
    list_select_related = ("owner",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Songs are added on the site."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """A task has the values that its vendor returned."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[MusicTask]:
        """Annotate the number of tracks."""
        rows: QuerySet[MusicTask] = super().get_queryset(request)
        return rows.annotate(track_count=count_related(Track.objects.all(), "music_task"))

    @admin.display(description=_("tracks"), ordering="track_count")
    def songs(self, task: MusicTask) -> int:
        """Return the number of tracks."""
        return int(getattr(task, "track_count", 0))

    def delete_model(self, request: HttpRequest, obj: MusicTask) -> None:
        """Delete the task, its tracks and their files."""
        for track in obj.tracks.all():
            pipeline.delete_song(track)
        MusicTask.objects.filter(pk=obj.pk).delete()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[MusicTask]) -> None:
        """Delete the tasks, their tracks and their files."""
        for task in queryset:
            self.delete_model(request, task)


class SongProviderFilter(ProviderFilter):
    """Filters songs by the provider of their task."""

    lookup = "music_task__provider"


@admin.register(Track)
class TrackAdmin(AnyIdSearch, LargeTable, admin.ModelAdmin):  # type: ignore[type-arg]  # for mypy only
    """Every song; its texts can be edited."""

    search_texts = (*search.TRACK_TEXTS, "music_task__owner__email")
    search_ids = search.TRACK_IDS
    search_help_text = _("Title, tags, e-mail, or the beginning of any id")
    list_display = ("__str__", "owner", "length", "tags", "videos", "created_at")
    list_filter = (SongProviderFilter, "music_task__status", "created_at")
    list_select_related = ("music_task__owner",)
    fields = (*EDITABLE, *READ_ONLY)
    readonly_fields = READ_ONLY

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Songs are added on the site."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Track]:
        """Annotate the number of videos."""
        rows: QuerySet[Track] = super().get_queryset(request)
        return rows.annotate(video_count=count_related(Video.with_trash.all(), "track"))

    @admin.display(description=_("owner"), ordering="music_task__owner__email")
    def owner(self, track: Track) -> User:
        """Return the owner of the song."""
        return track.music_task.owner

    @admin.display(description=_("duration"), ordering="duration")
    def length(self, track: Track) -> str:
        """Return the duration of the song."""
        return clock(track.duration)

    @admin.display(description=_("videos"), ordering="video_count")
    def videos(self, track: Track) -> int:
        """Return the number of its videos."""
        return int(getattr(track, "video_count", 0))

    @admin.display(description=_("files"))
    def files(self, track: Track) -> str:
        """Return the names of the song and its cover in the storage."""
        return ", ".join(str(file.name) for file in (track.audio, track.cover) if file)

    def save_model(
        self, request: HttpRequest, obj: Track, form: "ModelForm[Track]", change: bool
    ) -> None:
        """Write only the fields that were edited."""
        obj.save(update_fields=form.changed_data)

    def delete_model(self, request: HttpRequest, obj: Track) -> None:
        """Delete the song with its files."""
        pipeline.delete_song(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Track]) -> None:
        """Delete the songs with their files."""
        for track in queryset:
            pipeline.delete_song(track)
