"""Bringing a song from a vendor: by the id of its task, or by both ids typed by hand."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.forms.widgets import Widget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from videos import pipeline
from videos.forms.fields import LineField
from videos.models import MusicTask, Track, User
from videos.providers.errors import ProviderError
from videos.providers.registry import vendors

MAX_ID_LENGTH = 100  # characters
IS_ID = RegexValidator(
    re.compile(r"^[\w.:~-]+\Z", re.ASCII),
    gettext_lazy("An id has no spaces: letters, digits and dashes only."),
)


def _vendors() -> list[tuple[str, str]]:
    return [(each.key, each.label) for each in vendors()]


class IdField(LineField):
    """An id as vendors give them: opaque, in one word."""

    default_validators = [IS_ID]
    default_error_messages = {"required": gettext_lazy("Paste the id.")}

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        """Return the attributes of the input."""
        plain = {"autocomplete": "off", "spellcheck": "false", "dir": "ltr"}
        return super().widget_attrs(widget) | plain


class FindSongForm(forms.Form):
    """The vendor and the id of the task that made a song; the audio id is for those who know it."""

    vendor = forms.ChoiceField(label=gettext_lazy("Vendor"), choices=_vendors)
    task_id = IdField(label=gettext_lazy("Task id"), max_length=MAX_ID_LENGTH)
    audio_id = IdField(label=gettext_lazy("Audio id"), max_length=MAX_ID_LENGTH, required=False)

    def find(self, owner: User) -> MusicTask | None:
        """Look the task up for ``owner``; None, with an error, where that did not succeed."""
        given = self.cleaned_data
        try:
            return pipeline.find_song(owner, given["vendor"], given["task_id"])
        except ProviderError as error:
            self.add_error("task_id", ValidationError(str(error)))
            return None

    def keep(self, owner: User) -> Track | None:
        """Keep the song of which both ids were typed; None where one is missing."""
        given = self.cleaned_data
        if not given["audio_id"]:
            self.add_error("audio_id", ValidationError(_("Paste the audio id, too.")))
            return None
        return pipeline.song_by_hand(owner, given["vendor"], given["task_id"], given["audio_id"])


class AdoptForm(forms.Form):
    """The id of a vendor's video task that a creator found in their list there."""

    vendor_task_id = IdField(
        label=gettext_lazy("The vendor's task id of the video"), max_length=MAX_ID_LENGTH
    )


class RetryForm(forms.Form):
    """Who is to try again; the same as before where nobody is named."""

    provider = forms.ChoiceField(required=False)

    def __init__(self, data: object, track: Track) -> None:
        """Offer those who can make a film of ``track``."""
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        able = [(each.key, each.label) for each in pipeline.providers_for(track)]
        self.fields["provider"].choices = able  # type: ignore[attr-defined]
