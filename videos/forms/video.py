"""Ordering a video, and saying who may watch it."""

import uuid
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from videos import production
from videos.forms.fields import LineField
from videos.models import Track, User, Video
from videos.providers.registry import available

LONGEST_LINE = 50  # characters of author and domain name, as the vendors' API allows


def _providers() -> list[tuple[str, object]]:
    return [(each.key, each.label) for each in available()]


class VideoForm(forms.Form):
    """Everything that decides how a video looks."""

    song = forms.ModelChoiceField(
        label=_("Song"),
        queryset=Track.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a song."),
            "invalid_choice": _("This song is not there any more; choose another."),
        },
    )
    provider = forms.ChoiceField(label=_("Provider"), choices=_providers)
    format = forms.ChoiceField(
        label=_("Format"), choices=Video.Format, initial=Video.Format.WIDE, widget=forms.RadioSelect
    )
    author = LineField(
        label=_("Author"),
        max_length=LONGEST_LINE,
        required=False,
        help_text=_("Signed on the cover."),
    )
    domain_name = LineField(
        label=_("Domain name"),
        max_length=LONGEST_LINE,
        required=False,
        help_text=_("Shown at the bottom of the film."),
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def __init__(self, owner: User, data: QueryDict | None = None, song: str = "") -> None:
        """Offer the songs of ``owner`` and begin with ``song``, their usual author and domain."""
        usual = {"song": song, "author": owner.author, "domain_name": owner.domain_name}
        super().__init__(data, initial=usual)
        self.owner = owner
        self.songs = Track.objects.for_user(owner).exclude(audio="").select_related("music_task")
        cast("forms.ModelChoiceField[Track]", self.fields["song"]).queryset = self.songs

    def order(self) -> Video:
        """Order the video; sending the same form twice gives the same video."""
        wanted = self.cleaned_data
        video = production.order(
            self.owner,
            wanted["song"],
            provider=wanted["provider"],
            format=wanted["format"],
            author=wanted["author"],
            domain_name=wanted["domain_name"],
            form_token=self._token(),
        )
        self.owner.remember(wanted["author"], wanted["domain_name"])
        return video

    def _token(self) -> uuid.UUID | None:
        """Return what is the same for a repeat only: a form gone back to and changed is new."""
        token = self.cleaned_data["form_token"]
        fields = ("song", "provider", "format", "author", "domain_name")
        said = "\n".join(str(self.data.get(field)) for field in fields)
        return uuid.uuid5(token, said) if token else None


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
