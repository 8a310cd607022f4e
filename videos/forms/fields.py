"""Form fields that know what a film can show."""

import re
from typing import Any

from django import forms
from django.db.models import Choices
from django.forms.widgets import Widget
from django.utils.functional import Promise

# Breaks, controls and what turns the direction of a whole text around. Joiners stay: emoji and
# several scripts need them; so do the marks of direction that act on their neighbours only.
_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def one_line(text: str) -> str:
    """Return ``text`` on one line, without characters that nobody can see or that mislead."""
    return _UNSEEN.sub("", _BREAKS.sub(" ", text)).strip()


class LineField(forms.CharField):
    """A line of text of at most ``max_length`` code points.

    The widget has no ``maxlength``: browsers count UTF-16 and would cut 50 emoji in half. The
    page counts by ``data-maxchars``.
    """

    def to_python(self, value: object) -> str | None:
        """Return the text without what cannot be shown."""
        return super().to_python(one_line(value) if isinstance(value, str) else value)

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        """Return the attributes of the input."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs | {"data-maxchars": str(self.max_length)}


class StyleField(forms.TypedChoiceField):
    """One choice of how a film is to be made; left out, it is as usual."""

    def __init__(self, label: str | Promise, usual: Choices, widget: Widget | None = None) -> None:
        """Offer all choices of which ``usual`` is one, and begin with that."""
        super().__init__(
            label=label,  # type: ignore[arg-type]  # a lazy text is one
            choices=type(usual),
            initial=usual.value,
            coerce=lambda value: type(usual.value)(value),
            empty_value=usual.value,
            required=False,
            widget=widget or forms.Select,
        )
