"""The form of a preview: the fields of a new video, and which of its frames to draw."""

from django import forms
from django.http import QueryDict

from videos import pipeline
from videos.forms.video import VideoForm
from videos.models import User
from videos.render.clips import parse_clip
from videos.vendors import BUILTIN

DEFAULT_POSITION = 40  # percent of the song


class PreviewForm(VideoForm):
    """The fields of a new video, with the position and the format of the frame to draw."""

    at = forms.IntegerField(min_value=0, max_value=100, required=False)
    shown = forms.CharField(required=False)  # which one of several formats

    def __init__(self, owner: User, data: QueryDict) -> None:
        """Validate ``data``, the present fields of the form of a new video."""
        super().__init__(owner, data)

    @property
    def is_rendered_here(self) -> bool:
        """Whether our own renderer makes the film; a vendor's film cannot be previewed."""
        return bool(self.cleaned_data["provider"] == BUILTIN)

    @property
    def first_error(self) -> str:
        """What is wrong with the first field that is, in a sentence that names the field."""
        name, errors = next(iter(self.errors.items()))
        sentence = str(errors[0])
        return f"{self.fields[name].label}: {sentence}" if name in self.fields else sentence

    @property
    def second(self) -> float:
        """The position in seconds of the film, 0 where the song's length is unknown."""
        duration = self.cleaned_data["song"].duration or 0
        clip = parse_clip(self.cleaned_data["clip"])
        return float(self._fraction * (min(clip.length, duration) if clip else duration))

    @property
    def _fraction(self) -> float:
        at = self.cleaned_data["at"]
        return (DEFAULT_POSITION if at is None else at) / 100

    def still(self) -> bytes:
        """Return the frame as a JPEG. Raises ``ProviderError``."""
        return pipeline.still(self.shown_request, self._fraction)

    @property
    def shown_request(self) -> pipeline.OrderRequest:
        """The order of the film in the format that is looked at."""
        data = self.cleaned_data
        is_selected = data["shown"] in data["format"]
        return self.request(data["shown"] if is_selected else data["format"][0])
