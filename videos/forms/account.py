"""A person's usual author and domain name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from videos.forms.fields import LineField
from videos.forms.video import LONGEST_LINE
from videos.models import User


class DefaultsForm(forms.Form):
    """What a new video begins with."""

    author = LineField(label=_("Usual author"), max_length=LONGEST_LINE, required=False)
    domain_name = LineField(label=_("Usual domain name"), max_length=LONGEST_LINE, required=False)

    @staticmethod
    def of(user: User) -> dict[str, str]:
        """Return the values that ``user`` has now."""
        return {"author": user.author, "domain_name": user.domain_name}
