"""What a picture of a film is to show before the film is ordered."""

from django import forms
from django.http import QueryDict

from videos import pipeline
from videos.forms.video import VideoForm
from videos.models import User
from videos.vendors import BUILTIN

DEFAULT_MOMENT = 40  # percent of the song


class PreviewForm(VideoForm):
    """The fields of a new video, and the moment and the shape of which there is to be a picture."""

    at = forms.IntegerField(min_value=0, max_value=100, required=False)
    shown = forms.CharField(required=False)  # which of several shapes

    def __init__(self, owner: User, data: QueryDict) -> None:
        """Take what the form of a new video holds at the moment."""
        super().__init__(owner, data)

    @property
    def is_rendered_here(self) -> bool:
        """Whether our own renderer is to make the film: how a vendor's looks nobody knows."""
        return bool(self.cleaned_data["provider"] == BUILTIN)

    @property
    def second(self) -> float:
        """Return the moment in seconds, as far as the length of the song is known."""
        return float(self._fraction * (self.cleaned_data["song"].duration or 0))

    @property
    def _fraction(self) -> float:
        at = self.cleaned_data["at"]
        return (DEFAULT_MOMENT if at is None else at) / 100

    def still(self) -> bytes:
        """Return the picture as a JPEG. Raises ``ProviderError``."""
        data = self.cleaned_data
        is_chosen = data["shown"] in data["format"]
        shape = data["shown"] if is_chosen else data["format"][0]
        return pipeline.still(self.request(shape), self._fraction)
