"""The form that issues an API key."""

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.forms.fields import LineField
from videos.models import ApiKey, User

MAX_NAME_LENGTH = 50  # characters
LIFETIMES = (
    ("", _("Until it is revoked")),
    ("30", _("30 days")),
    ("90", _("90 days")),
    ("365", _("A year")),
)


class KeyForm(forms.Form):
    """The name, the scopes and the lifetime of a new key."""

    name = LineField(
        label=_("Name"),
        max_length=MAX_NAME_LENGTH,
        help_text=_("What uses it, so that you know it again."),
    )
    scopes = forms.ChoiceField(
        label=_("What it may do"), choices=ApiKey.Scopes, initial=ApiKey.Scopes.WRITE
    )
    days = forms.ChoiceField(label=_("How long it lasts"), choices=LIFETIMES, required=False)

    def issue(self, owner: User) -> tuple[ApiKey, str]:
        """Issue the key; return its row and the key itself, which is not stored anywhere."""
        data = self.cleaned_data
        scopes = ApiKey.Scopes(data["scopes"])
        return ApiKey.objects.issue(owner, data["name"], scopes, self._expires_at())

    def _expires_at(self) -> datetime | None:
        days = self.cleaned_data["days"]
        return clock.now() + timedelta(days=int(days)) if days else None
