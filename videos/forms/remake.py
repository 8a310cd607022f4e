"""Which film is to be made of one that is there: the same with newer words, or another shape."""

from django import forms
from django.http import QueryDict

from videos.render.options import OPTIONS

CHANGEABLE = ("format", "look")


class RemakeForm(forms.Form):
    """Options of the new film that differ, and whether it takes over the address of the old one."""

    takes_address = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict | None = None) -> None:
        """Offer the values that the renderer knows."""
        super().__init__(data)
        for option in OPTIONS:
            if option.name in CHANGEABLE:
                choices = [(value, value) for value, _label in option.choices]
                self.fields[option.name] = forms.ChoiceField(choices=choices, required=False)

    @property
    def changes(self) -> dict[str, object]:
        """The options that differ, by their names."""
        data = self.cleaned_data
        return {name: data[name] for name in CHANGEABLE if data[name]}
