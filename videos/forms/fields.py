"""Form fields of lines of text and of a film's options."""

from typing import Any

from django import forms
from django.forms.widgets import Widget
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from videos.render.options import OPTIONS, Option
from videos.render.styles.colours import ColourError, parse_colour
from videos.render.text import single_line


class LineField(forms.CharField):
    """A line of text of at most ``max_length`` code points.

    The widget has no ``maxlength``, because browsers count UTF-16 units and would cut 50 emoji in
    half. The page counts by ``data-maxchars`` instead.
    """

    def to_python(self, value: object) -> str | None:
        """Return the text without what a film cannot show."""
        return super().to_python(single_line(value) if isinstance(value, str) else value)

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        """Return the attributes of the input."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs | {"data-maxchars": str(self.max_length)}


class ColourField(forms.CharField):
    """A colour such as #ffb347, or nothing."""

    def to_python(self, value: object) -> str | None:
        """Return the colour. Raises ``ValidationError`` if it is none."""
        try:
            return parse_colour(super().to_python(value) or "")
        except ColourError as error:
            raise forms.ValidationError(
                gettext("This is no colour: write it as #rrggbb, such as #ffb347.")
            ) from error

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        """Return the attributes of the input; ``colour_picker.js`` adds a picker to it."""
        attrs = super().widget_attrs(widget) | {"placeholder": "#rrggbb", "size": "7"}
        return attrs | {"data-colour": "", "spellcheck": "false", "autocomplete": "off"}


def parse_pk(text: str) -> int:
    """Return the primary key that ``text`` is, 0 for any other text."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def option_field(option: Option) -> forms.Field:
    """Return the form field of an option of a film; an empty one has the option's default."""
    default: Any = option.plain_default
    label = gettext_lazy(option.form_label) if option.form_label else None
    if option.is_flag:
        return forms.BooleanField(label=label, initial=default, required=False)
    if option.is_colour:
        return ColourField(
            label=label or capfirst(gettext_lazy(option.label)), max_length=7, required=False
        )
    return forms.TypedChoiceField(
        label=label or capfirst(gettext_lazy(option.label)),
        choices=[(value, gettext_lazy(text)) for value, text in option.choices],
        initial=default,
        coerce=int if isinstance(default, int) else str,
        empty_value=default,
        required=False,
        widget=forms.RadioSelect if option.name == "look" else forms.Select,
    )


def format_choices() -> list[tuple[str, str]]:
    """Return the values of the option ``format``, each with its label."""
    option = next(option for option in OPTIONS if option.name == "format")
    return [(str(value), gettext(text)) for value, text in option.choices]
