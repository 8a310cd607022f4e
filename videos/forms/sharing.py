"""Forms that set who may watch a video, until when, and what they may do with it."""

from datetime import datetime, timedelta, tzinfo
from typing import cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from videos import clock
from videos.models import Video
from videos.share.password import MAX_LENGTH, MIN_LENGTH, new_password
from videos.statuses import Visibility

DAYS = (1, 7, 30)  # after which sharing may end, each with a button
MAX_DAYS = 3650


class PermissionsForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    """What those who may watch a video may do with it besides."""

    class Meta:
        model = Video
        fields = ("embedding_allowed", "download_allowed")

    def save(self, commit: bool = True) -> Video:
        """Write these columns alone, because a worker may be writing the others.

        A video with a password is not embedded: its page has no box for that.
        """
        video: Video = self.instance
        columns = ["download_allowed"] if video.needs_password else list(self.Meta.fields)
        video.save(update_fields=columns)
        return video


class VisibilityForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    """The visibility of a video."""

    new_password = ""  # the one that ``save`` had to make

    class Meta:
        model = Video
        fields = ("visibility",)
        widgets = {"visibility": forms.RadioSelect}

    def save(self, commit: bool = True) -> Video:
        """Write this one column, because a worker may be writing the others.

        A video that is to have a password and has none gets one.
        """
        video: Video = self.instance
        if video.visibility == Visibility.PASSWORD and not video.password:
            self.new_password = new_password()
            video.set_password(self.new_password)
        video.save(update_fields=["visibility"])
        return video


class PasswordForm(forms.Form):
    """A password that an owner chooses for the visitors of a video."""

    password = forms.CharField(
        label=gettext_lazy("New password"),
        min_length=MIN_LENGTH,
        max_length=MAX_LENGTH,
        error_messages={"required": gettext_lazy("Enter the new password.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class EndForm(forms.Form):
    """The end of sharing: so many days from now, or a moment in the time zone of the browser."""

    days = forms.TypedChoiceField(
        choices=[(days, days) for days in DAYS], coerce=int, empty_value=None, required=False
    )
    moment = forms.CharField(required=False, max_length=30)
    time_zone = forms.CharField(required=False, max_length=60)

    def clean_moment(self) -> datetime | None:
        """Return the moment without a time zone, None where none is named."""
        text = self.cleaned_data["moment"]
        try:
            return datetime.fromisoformat(text).replace(tzinfo=None) if text else None
        except ValueError as error:
            raise forms.ValidationError(_("Choose a day and a time.")) from error

    def clean(self) -> dict[str, object]:
        """Return the values with ``shared_until``: when sharing ends, or None."""
        data = super().clean() or {}
        days, moment, now = data.get("days"), data.get("moment"), clock.now()
        data["shared_until"] = now + timedelta(days=cast(int, days)) if days else None
        if moment and not days:
            # Compared without zones first: the ends of the calendar have no time elsewhere
            if abs(moment - now.replace(tzinfo=None)) > timedelta(days=MAX_DAYS):
                raise forms.ValidationError(_("Choose a day within the next ten years."))
            data["shared_until"] = moment.replace(tzinfo=_zone(str(data.get("time_zone", ""))))
            if data["shared_until"] <= now:
                raise forms.ValidationError(_("That is over already. Choose a later moment."))
        return data

    def save(self, video: Video) -> None:
        """Write the end of ``video``."""
        video.shared_until = self.cleaned_data["shared_until"]
        video.save(update_fields=["shared_until"])


def _zone(name: str) -> tzinfo:
    """Return the time zone that a browser names; the site's where it names none."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # no name, no file, not known
        return timezone.get_current_timezone()
