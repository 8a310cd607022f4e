"""The form for a person's default author and domain name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from videos.forms.fields import LineField
from videos.forms.video import MAX_LINE_LENGTH
from videos.models import User


class DefaultsForm(forms.Form):
    """The defaults of a person's new videos."""

    author = LineField(label=_("Usual author"), max_length=MAX_LINE_LENGTH, required=False)
    domain_name = LineField(
        label=_("Usual domain name"), max_length=MAX_LINE_LENGTH, required=False
    )

    @staticmethod
    def initial_for(user: User) -> dict[str, str]:
        """Return the present defaults of ``user``."""
        return {"author": user.author, "domain_name": user.domain_name}
