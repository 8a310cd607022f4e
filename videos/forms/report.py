"""The forms of reports: a visitor's, and the answer of the video's owner."""

from django import forms
from django.utils.translation import gettext_lazy as _

from videos.models import Report
from videos.models.review import MAX_NOTE_LENGTH


class ReportForm(forms.Form):
    """Why a visitor reports a video, and a field that only programs fill in."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Report.Reason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    note = forms.CharField(
        label=_("What should we know? (optional)"),
        max_length=MAX_NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The owner of the video reads it, but does not learn who you are."),
    )
    homepage = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_from_program(self) -> bool:
        """Whether the field is filled in that people do not see; only of a valid form."""
        return bool(self.cleaned_data["homepage"])


class AnswerForm(forms.Form):
    """What the owner of a reported video answers."""

    answer = forms.CharField(
        label=_("Your answer to the operators"),
        max_length=MAX_NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
