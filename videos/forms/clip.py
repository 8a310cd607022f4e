"""The fields that choose how much of a song a film shows: all, its hook, or between two times."""

from django import forms
from django.utils.translation import gettext, gettext_lazy

from videos.languages.late_translation import translate_late
from videos.render.clips import CANVAS, CLIP_LENGTHS, Clip, ClipError, parse_clip

CLIP_FIELDS = ("clip", "clip_from", "clip_to")
TIMES = "times"
MAX_TIME_LENGTH = 12  # characters


def _length_choices() -> list[tuple[str, str]]:
    hooks = [
        (str(length), gettext("%(seconds)d s") % {"seconds": length}) for length in CLIP_LENGTHS
    ]
    whole, times = gettext("Whole song"), gettext("From … to …")
    return [("", whole), *hooks, (TIMES, times), (CANVAS, gettext("Canvas"))]


class ClipForm(forms.Form):
    """How much of the song a film shows. ``clean_times`` makes one text of the three fields."""

    clip = forms.ChoiceField(
        label=gettext_lazy("Length"),
        choices=_length_choices,
        required=False,
        widget=forms.RadioSelect,
    )
    clip_from = forms.CharField(
        label=gettext_lazy("From"), max_length=MAX_TIME_LENGTH, required=False
    )
    clip_to = forms.CharField(label=gettext_lazy("To"), max_length=MAX_TIME_LENGTH, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Show how a time is written."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, example in (("clip_from", "0:34"), ("clip_to", "0:52")):
            attributes = {"placeholder": example, "autocomplete": "off", "inputmode": "text"}
            self.fields[name].widget.attrs |= attributes

    def clean_times(self, duration: float | None) -> str:
        """Return the clip as one text, "" for the whole song of ``duration`` seconds.

        Adds an error where the song has no such clip.
        """
        data = self.cleaned_data
        choice = data.get("clip") or ""
        if choice == TIMES:
            start, end = data.get("clip_from", "").strip(), data.get("clip_to", "").strip()
            if not (start and end):
                self.add_error("clip", gettext("Say from when to when, such as 0:34 and 0:52."))
                return ""
            choice = f"{start}-{end}"
        try:
            clip: Clip | None = parse_clip(choice)
            if clip and duration:
                clip.check_within(duration)
        except ClipError as error:
            self.add_error("clip", translate_late(str(error)))
            return ""
        return str(clip or "")
