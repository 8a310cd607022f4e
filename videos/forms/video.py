"""Ordering a video, and saying who may watch it."""

import uuid
from typing import cast

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from videos import pipeline
from videos.forms.fields import LineField, format_choices, option_field
from videos.models import Track, User, Video
from videos.providers.registry import available, vendors
from videos.render.options import OPTIONS, StyleOptions, VideoFormat
from videos.vendors import BUILTIN

MAX_LINE_LENGTH = 50  # characters of author and domain name, as the vendors' API allows

# Two orders with the same token are one if these fields are the same, too
TOKEN_FIELDS = (
    *("song", "provider", "author", "domain_name"),
    *(option.name for option in OPTIONS if option.name != "format"),
)


def _providers() -> list[tuple[str, object]]:
    return [(each.key, each.label) for each in available()]


class VideoForm(forms.Form):
    """Everything that decides how a video looks."""

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
        choices=_providers,
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
        required=False,  # a vendor knows one only, and is not asked
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
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def __init__(self, owner: User, data: QueryDict | None = None, song: str = "") -> None:
        """Offer the songs of ``owner`` and begin with ``song``, their usual author and domain."""
        usual = {"song": song, "author": owner.author, "domain_name": owner.domain_name}
        super().__init__(data, initial=usual | {"provider": BUILTIN})
        self.fields |= {each.name: option_field(each) for each in OPTIONS if each.name != "format"}
        self.owner = owner
        mine = Track.objects.for_user(owner).select_related("music_task")
        self.songs = mine if vendors() else mine.with_sound()
        self._choose_maker(song)
        cast("forms.ModelChoiceField[Track]", self.fields["song"]).queryset = self.songs

    def _choose_maker(self, song: str) -> None:
        """Begin with whoever makes the best of the song that is chosen beforehand."""
        key = int(song) if song.isdecimal() and len(song) < 19 else 0
        chosen = self.songs.filter(pk=key).first() if key else None
        able = pipeline.providers_for(chosen) if chosen else []
        if able:
            self.initial["provider"] = able[0].key

    def clean(self) -> dict[str, object]:
        """Let only those make a film of the song who can."""
        given = super().clean() or {}
        track, provider = given.get("song"), given.get("provider")
        if given.get("format") == []:
            given["format"] = [VideoFormat.WIDE.value]
            if provider == BUILTIN:
                self.add_error("format", _("Choose one shape at least."))
        if track and provider:
            able = {each.key for each in pipeline.providers_for(track)}
            if provider not in able:
                self.add_error("provider", self._why_not(track, str(provider)))
        return given

    def _why_not(self, track: Track, provider: str) -> str:
        if provider == BUILTIN:
            return _("Of this song only the ids are known: the renderer has nothing to listen to.")
        return _("This song was brought here. Vendors make films of songs that they made only.")

    def order(self) -> list[tuple[Video, bool]]:
        """Order a video in each format and say whether it is new.

        A form sent twice gives the same videos. A vendor knows one format only.
        """
        data = self.cleaned_data
        formats = data["format"] if data["provider"] == BUILTIN else data["format"][:1]
        with transaction.atomic():
            orders = [pipeline.order(self.owner, self.request(each)) for each in formats]
            self.owner.save_defaults(data["author"], data["domain_name"])
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
            form_token=self._token(format),
        )

    @property
    def preview_fields(self) -> str:
        """The names of the fields that the preview is drawn from, as ``hx-params`` has them."""
        options = [each.name for each in OPTIONS if each.in_preview]
        return ",".join(("song", "provider", "author", "domain_name", "shown", "at", *options))

    @property
    def advanced_fields(self) -> list[forms.BoundField]:
        """The options that the page shows folded away: all but the shape and the look."""
        return [self[each.name] for each in OPTIONS if each.name not in {"format", "look"}]

    def _token(self, format: str) -> uuid.UUID | None:
        """Return a token that is the same for a repeat only, not for a form that was changed."""
        token = self.cleaned_data["form_token"]
        values = [format, *(str(self.cleaned_data[field]) for field in TOKEN_FIELDS)]
        return uuid.uuid5(token, "\n".join(values)) if token else None


class VisibilityForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    """Who may open the share page."""

    class Meta:
        model = Video
        fields = ("visibility",)
        widgets = {"visibility": forms.RadioSelect}

    def save(self, commit: bool = True) -> Video:
        """Write this one column: a worker may be writing the others."""
        video: Video = self.instance
        video.save(update_fields=["visibility"])
        return video
