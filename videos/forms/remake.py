"""Which film is to be made of one that is there: the same with newer words, or another shape."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext

from videos.models import Video
from videos.render.options import OPTIONS
from videos.statuses import VideoStatus

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
    def changes(self) -> dict[str, str]:
        """The options that differ, by their names."""
        data = self.cleaned_data
        return {name: data[name] for name in CHANGEABLE if data[name]}


def other_films(video: Video) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the formats and the looks, with their labels, in which the song has no film yet.

    The others are those of the song's films with the same length, ready or in the making.
    """
    if not video.track.has_sound:
        return [], []
    films = Video.objects.for_user(video.owner).filter(track=video.track, clip=video.clip)
    living = films.exclude(status=VideoStatus.GENERATE_MP4_FAILED)
    styles = set(living.values_list("format", "look")) if video.is_rendered_here else set()
    options = {option.name: option.choices for option in OPTIONS}
    formats = [
        (str(value), gettext(label))
        for value, label in options["format"]
        if (value, video.look) not in styles
    ]
    looks = [
        (str(value), gettext(label))
        for value, label in options["look"]
        if (video.format, value) not in styles
    ]
    return formats, looks
