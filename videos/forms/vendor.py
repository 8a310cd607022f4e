"""Forms that name a vendor: for its songs, its video tasks, and retries with another one."""

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
from videos.pipeline.rations import LOOKUPS, RationSpent
from videos.providers.errors import ProviderError
from videos.providers.registry import vendors

MAX_ID_LENGTH = 100  # characters
_ID = re.compile(r"^[\w.:~-]+\Z", re.ASCII)
ID_VALIDATOR = RegexValidator(
    _ID, gettext_lazy("An id has no spaces: letters, digits and dashes only.")
)


def is_id(text: str) -> bool:
    """Return whether ``text`` may be an id of a vendor."""
    return len(text) <= MAX_ID_LENGTH and bool(_ID.match(text))


def _vendor_choices() -> list[tuple[str, str]]:
    return [(each.key, each.label) for each in vendors()]


class IdField(LineField):
    """An id that a vendor gave: opaque, without spaces."""

    default_validators = [ID_VALIDATOR]
    default_error_messages = {"required": gettext_lazy("Paste the id.")}

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        """Return the attributes of the input."""
        plain = {"autocomplete": "off", "spellcheck": "false", "dir": "ltr"}
        return super().widget_attrs(widget) | plain


class FindSongForm(forms.Form):
    """The vendor and the task id of a song; the audio id adds one without a look-up."""

    vendor = forms.ChoiceField(label=gettext_lazy("Vendor"), choices=_vendor_choices)
    task_id = IdField(label=gettext_lazy("Task id"), max_length=MAX_ID_LENGTH)
    audio_id = IdField(label=gettext_lazy("Audio id"), max_length=MAX_ID_LENGTH, required=False)

    def find_song(self, owner: User) -> MusicTask | None:
        """Look the task up for ``owner``; return None, with a form error, where that fails."""
        data = self.cleaned_data
        try:
            LOOKUPS.spend(owner)
            return pipeline.find_song(owner, data["vendor"], data["task_id"])
        except (ProviderError, RationSpent) as error:
            self.add_error("task_id", ValidationError(str(error)))
            return None

    def add_song(self, owner: User) -> Track | None:
        """Add the song of both ids; return None, with a form error, where one is missing."""
        data = self.cleaned_data
        if not data["audio_id"]:
            self.add_error("audio_id", ValidationError(_("Paste the audio id, too.")))
            return None
        return pipeline.add_song_by_ids(owner, data["vendor"], data["task_id"], data["audio_id"])


class AdoptForm(forms.Form):
    """The id of a vendor's video task, from the creator's list of tasks there."""

    vendor_task_id = IdField(
        label=gettext_lazy("The vendor's task id of the video"), max_length=MAX_ID_LENGTH
    )


class RetryForm(forms.Form):
    """The provider of a retry; empty for the same as before."""

    provider = forms.ChoiceField(required=False)

    def __init__(self, data: object, track: Track) -> None:
        """Offer the providers that can make a film of ``track``."""
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        choices = [(each.key, each.label) for each in pipeline.providers_for(track)]
        self.fields["provider"].choices = choices  # type: ignore[attr-defined]
