"""The form that orders videos."""

import uuid
from typing import cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from videos import pipeline
from videos.forms import film_settings
from videos.forms.backdrop import BackdropForm
from videos.forms.clip import CLIP_FIELDS, ClipForm
from videos.forms.fields import LineField, format_choices, option_field, parse_pk
from videos.forms.film_files import FILE_FIELDS, FilmFilesForm
from videos.models import Track, User, Video
from videos.providers.registry import available, vendors
from videos.render.clips import CANVAS
from videos.render.options import OPTIONS, SectionLanguage, StyleOptions, VideoFormat
from videos.statuses import VideoStatus
from videos.vendors import BUILTIN

MAX_LINE_LENGTH = 50  # characters of author and domain name, as the vendors' API allows

# Two orders with the same form token are one if these fields are equal, too
TOKEN_FIELDS = (
    *("song", "provider", "author", "domain_name"),
    *(option.name for option in OPTIONS if option.name != "format"),
)

LEFT_OUT = tuple(option.name for option in OPTIONS if option.name.startswith("hide_"))


def _provider_choices() -> list[tuple[str, object]]:
    return [(each.key, each.label) for each in available()]


class VideoForm(ClipForm, BackdropForm, FilmFilesForm):
    """An order of a film in one format or several."""

    song = forms.ModelChoiceField(
        label=gettext_lazy("Song"),
        queryset=Track.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a song."),
            "invalid_choice": gettext_lazy("This song is not there any more; choose another."),
        },
    )
    provider = forms.ChoiceField(
        label=gettext_lazy("Provider"),
        choices=_provider_choices,
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": gettext_lazy("This provider is not set up here; choose another.")
        },
    )
    format = forms.MultipleChoiceField(
        label=gettext_lazy("Format"),
        choices=format_choices,
        initial=[VideoFormat.WIDE.value],
        widget=forms.CheckboxSelectMultiple,
        required=False,  # vendors make one format only
    )
    author = LineField(
        label=gettext_lazy("Author"),
        max_length=MAX_LINE_LENGTH,
        required=False,
        help_text=gettext_lazy("Signed on the cover."),
    )
    domain_name = LineField(
        label=gettext_lazy("Domain name"),
        max_length=MAX_LINE_LENGTH,
        required=False,
        help_text=gettext_lazy("Shown at the bottom of the film."),
    )
    # The film whose address the new one takes over: the first one, where several are ordered
    replaces = forms.UUIDField(widget=forms.HiddenInput, required=False)
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def __init__(
        self,
        owner: User,
        data: QueryDict | None = None,
        song: str = "",
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        like: Video | None = None,
        *,
        is_replacement: bool = False,
    ) -> None:
        """Offer the songs of ``owner``; ``song`` and their defaults are the initial values.

        So are the settings of the film ``like``, which come before the defaults. As its replacement
        the film is of the same song, and takes over the address.
        """
        if like and is_replacement:
            song = str(like.track_id)
        defaults: dict[str, object] = {"song": song, "provider": BUILTIN, "logo": owner.logo}
        defaults |= film_settings.defaults_of(owner)
        super().__init__(data, files, initial=defaults)
        self.fields |= {each.name: option_field(each) for each in OPTIONS if each.name != "format"}
        self.fields["author"].widget.attrs["data-usual"] = owner.author
        if (language := get_language()) in {each.value for each in SectionLanguage} - {"en"}:
            self.initial["section_language"] = language
        self.owner = owner
        songs = Track.objects.for_user(owner).select_related("music_task")
        self.songs = songs if vendors() else songs.with_sound()
        self._follow_song(song)
        if like:
            self.initial.update(film_settings.settings_of(like))
            self.chosen_assets = film_settings.backdrop_of(like)
        if like and is_replacement:
            self.initial.update(replaces=like.pk, author=like.author)
        cast("forms.ModelChoiceField[Track]", self.fields["song"]).queryset = self.songs

    def _follow_song(self, song: str) -> None:
        """Propose the artist of ``song``, and the first provider that can make a film of it."""
        pk = parse_pk(song)
        track = self.songs.filter(pk=pk).first() if pk else None
        providers = pipeline.providers_for(track) if track else []
        if providers:
            self.initial["provider"] = providers[0].key
        chosen = track or self.songs.first()  # the page checks the first one if there is none
        if chosen and chosen.artist:
            self.initial["author"] = chosen.suggested_author

    def clean_replaces(self) -> Video | None:
        """Return the film whose address is taken over, None where there is none any more."""
        pk = self.cleaned_data["replaces"]
        films = Video.objects.for_user(self.owner).filter(pk=pk, status=VideoStatus.SUCCESS)
        return films.first() if pk else None

    def clean(self) -> dict[str, object]:
        """Return the values; adds an error where the provider cannot make a film of the song."""
        data = super().clean() or {}
        track, provider = data.get("song"), data.get("provider")
        if data.get("format") == []:
            data["format"] = [VideoFormat.WIDE.value]
            if provider == BUILTIN:
                self.add_error("format", _("Choose one shape at least."))
        if track and provider:
            able = {each.key for each in pipeline.providers_for(track)}
            if provider not in able:
                self.add_error("provider", self._provider_error(str(provider)))
        duration = track.duration if isinstance(track, Track) else None
        data["clip"] = self.clean_times(duration) if provider == BUILTIN else ""
        data["chosen_backdrop"] = (
            self.clean_backdrop_of(str(data.get("look"))) if provider == BUILTIN else ""
        )
        self.clean_files()
        if isinstance(track, Track) and provider == BUILTIN:
            self.check_translation(track)
        if data["clip"] == CANVAS:
            data["format"] = [VideoFormat.TALL.value]
        return data

    def _provider_error(self, provider: str) -> str:
        if provider == BUILTIN:
            return _("Of this song only the ids are known: the renderer has nothing to listen to.")
        return _("This song was brought here. Vendors make films of songs that they made only.")

    def order(self) -> list[tuple[Video, bool]]:
        """Order a video in each format; return the rows, each with whether it is new.

        A form that is sent twice returns the same videos. A vendor makes one format only.
        """
        data = self.cleaned_data
        formats = data["format"] if data["provider"] == BUILTIN else data["format"][:1]
        with transaction.atomic():
            orders = [pipeline.order(self.owner, self.request(each)) for each in formats]
            # An artist signs the videos of their own songs only
            is_own = data["author"] == data["song"].suggested_author
            author = self.owner.author if is_own else data["author"]
            self.owner.save_defaults(author, data["domain_name"])
            self.owner.save_logo(data["logo"])
        return orders

    def request(self, format: str) -> pipeline.OrderRequest:
        """Return the order of a film in ``format``."""
        data = self.cleaned_data
        return pipeline.OrderRequest(
            track=data["song"],
            provider=data["provider"],
            author=data["author"],
            domain_name=data["domain_name"],
            style=StyleOptions.parse({**data, "format": format}),
            clip=data["clip"],
            backdrop=data["chosen_backdrop"],
            logo=data["logo"],
            translation=data["translation"],
            form_token=self._token(format),
            replaces=data["replaces"] if format == data["format"][0] else None,
        )

    @property
    def preview_fields(self) -> str:
        """The names of the fields that decide the preview, for ``hx-params``."""
        options = [each.name for each in OPTIONS if each.in_preview]
        texts = ("song", "provider", "author", "domain_name", "shown", "at", "assets")
        return ",".join((*texts, *FILE_FIELDS, *CLIP_FIELDS, *options))

    @property
    def moving_preview_fields(self) -> str:
        """The names of the fields that decide the moving preview, for ``hx-params``."""
        return f"{self.preview_fields},sound"

    @property
    def advanced_fields(self) -> list[forms.BoundField]:
        """The options under "Fine-tune" on the page: all but the format and the look."""
        shown = {"format", "look", *LEFT_OUT}
        return [self[each.name] for each in OPTIONS if each.name not in shown]

    @property
    def left_out_fields(self) -> list[forms.BoundField]:
        """The options that leave something out of the picture, which follow those."""
        return [self[name] for name in LEFT_OUT]

    def _token(self, format: str) -> uuid.UUID | None:
        """Return a token that only an unchanged repeat of the form has, too."""
        token = self.cleaned_data["form_token"]
        values = [format, *(str(self.cleaned_data[field]) for field in TOKEN_FIELDS)]
        later = ("clip", "chosen_backdrop", "logo", "translation")
        values += [value for name in later if (value := self.cleaned_data[name])]
        return uuid.uuid5(token, "\n".join(values)) if token else None
