"""What is done with several videos of the library at once."""

from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from videos.models import User, Video
from videos.statuses import Visibility

MAX_VIDEOS = 100  # at once
VISIBILITIES = (Visibility.PRIVATE, Visibility.UNLISTED, Visibility.PUBLIC)


class BulkForm(forms.Form):
    """The videos that were chosen, and what becomes of them."""

    video = forms.ModelMultipleChoiceField(
        queryset=Video.objects.none(),
        error_messages={
            "required": _("Choose a video at least."),
            "invalid_choice": _("One of these videos is not there any more; load the page again."),
        },
    )
    action = forms.ChoiceField(
        choices=[(name, name) for name in ("visibility", "remake", "delete")],
        error_messages={
            "required": _("Choose what is to be done with the videos."),
            "invalid_choice": _("Choose what is to be done with the videos."),
        },
    )
    visibility = forms.ChoiceField(
        choices=[(each.value, each.label) for each in VISIBILITIES],
        required=False,
        error_messages={"invalid_choice": _("Choose who may watch the videos.")},
    )

    def __init__(self, owner: User, data: QueryDict | None = None) -> None:
        """Offer the videos of ``owner``."""
        super().__init__(data)
        videos = Video.objects.for_user(owner).select_related("track", "owner")
        cast("forms.ModelMultipleChoiceField[Video]", self.fields["video"]).queryset = videos

    def clean_video(self) -> list[Video]:
        """Return the videos; raises ``ValidationError`` for too many of them."""
        videos = self.cleaned_data["video"]
        if len(videos) > MAX_VIDEOS:
            sentence = _("These are more than %(n)d videos: choose fewer at once.")
            raise forms.ValidationError(sentence % {"n": MAX_VIDEOS})
        return list(videos)

    def clean(self) -> dict[str, object]:
        """Return the values; a change of the visibility needs one."""
        data = super().clean() or {}
        if data.get("action") == "visibility" and not data.get("visibility"):
            self.add_error("visibility", _("Choose who may watch the videos."))
        return data

    @property
    def first_error(self) -> str:
        """What is wrong, in a sentence."""
        return str(next(iter(self.errors.values()))[0])
