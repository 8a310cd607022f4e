"""Making a key for a program."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos.forms.fields import LineField
from videos.models import ApiKey, User

LONGEST_NAME = 50  # characters
LIVES = (
    ("", _("Until it is revoked")),
    ("30", _("30 days")),
    ("90", _("90 days")),
    ("365", _("A year")),
)


class KeyForm(forms.Form):
    """What a new key is for, what it may do and for how long."""

    name = LineField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        help_text=_("What uses it, so that you know it again."),
    )
    scopes = forms.ChoiceField(
        label=_("What it may do"), choices=ApiKey.Scopes, initial=ApiKey.Scopes.WRITE
    )
    days = forms.ChoiceField(label=_("How long it lasts"), choices=LIVES, required=False)

    def issue(self, owner: User) -> tuple[ApiKey, str]:
        """Make the key; return its row and the key itself, which is never told again."""
        given = self.cleaned_data
        return ApiKey.objects.issue(
            owner, given["name"], ApiKey.Scopes(given["scopes"]), self._end()
        )

    def _end(self) -> datetime | None:
        days = self.cleaned_data["days"]
        return timezone.now() + timedelta(days=int(days)) if days else None
