"""Forms of a person's account: the defaults of new videos, and the end of the account."""

from collections.abc import Mapping

from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from videos.forms.fields import LineField, format_choices, option_field
from videos.forms.film_settings import DEFAULT_OPTIONS, defaults_of
from videos.forms.video import MAX_LINE_LENGTH
from videos.models import User
from videos.render.options import OPTIONS


class DefaultsForm(forms.Form):
    """The defaults of a person's new videos."""

    author = LineField(label=_("Usual author"), max_length=MAX_LINE_LENGTH, required=False)
    domain_name = LineField(
        label=_("Usual domain name"), max_length=MAX_LINE_LENGTH, required=False
    )

    format = forms.MultipleChoiceField(
        label=_("Shapes"),
        choices=format_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Several at once make a video each."),
    )

    def __init__(self, user: User, data: QueryDict | None = None) -> None:
        """Show the present defaults of ``user``."""
        super().__init__(data, initial=defaults_of(user))
        self.user = user
        self.fields |= {
            option.name: _as_list(option_field(option))
            for option in OPTIONS
            if option.name in DEFAULT_OPTIONS and option.name != "format"
        }

    def save(self) -> None:
        """Store the defaults."""
        data = self.cleaned_data
        self.user.save_defaults(data["author"], data["domain_name"])
        self.user.save_film_defaults({name: data[name] for name in DEFAULT_OPTIONS})


def _as_list(field: forms.Field) -> forms.Field:
    """Return a field of an option as a list of choices instead of pictures of them."""
    if isinstance(field, forms.ChoiceField):
        field.widget = forms.Select()
        field.choices = field.choices  # the new widget has them, too
    return field


class DeleteAccountForm(forms.Form):
    """The password, without which nobody deletes an account, and the word that it is meant."""

    is_meant = forms.BooleanField(label=_("Yes, delete all of it for good"))
    password = PasswordField(label=_("Password"), autocomplete="current-password")

    def __init__(self, user: User, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data)
        self.user = user
        if not user.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        """Return the password; raises ``ValidationError`` for a wrong one."""
        password: str = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password

    def clean(self) -> dict[str, object]:
        """Refuse the end of the last operator, after whom nobody could open the admin."""
        others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=self.user.pk)
        if self.user.is_superuser and not others.exists():
            raise forms.ValidationError(
                _("You are the last operator of this portal. Make somebody else one first.")
            )
        return self.cleaned_data
