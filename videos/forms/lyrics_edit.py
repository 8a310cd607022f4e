"""What the lyrics editor sends: its lines, and the version that they were made of."""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from videos.lyrics.editor_lines import from_items
from videos.models import LyricsState
from videos.render.lyrics import Line, LyricsError, check_characters, to_stored_text

# What somebody chose in a conflict, or that nobody is there any more to choose
KEEP_MINE, KEEP_THEIRS, LEAVING = "mine", "theirs", "leaving"


class LyricsEditForm(forms.Form):
    """A save of the editor.

    ``version`` is the number that the page was loaded with or saved last. ``keep`` answers a
    conflict: the words of this window, or those that were saved meanwhile. A page that is being
    left cannot ask: its words are set aside then.
    """

    version = forms.IntegerField(min_value=0)
    lines = forms.CharField(max_length=1_000_000)
    keep = forms.ChoiceField(
        choices=[(each, each) for each in (KEEP_MINE, KEEP_THEIRS, LEAVING)], required=False
    )

    def clean_lines(self) -> tuple[Line, ...]:
        """Return the lines; raises ``ValidationError`` with a sentence."""
        try:
            items: Any = json.loads(self.cleaned_data["lines"])
            lines = from_items(items)
            check_characters("\n".join(line.text for line in lines))
        except LyricsError as error:
            raise ValidationError(str(error)) from error
        except (ValueError, RecursionError) as error:
            sentence = _("These are no lyrics that the editor could have sent.")
            raise ValidationError(sentence) from error
        if len(to_stored_text(lines).encode()) > settings.MAX_LYRICS_BYTES:
            raise ValidationError(_("These lyrics are too long for any song."))
        return lines

    @property
    def state(self) -> LyricsState:
        """The lyrics as a track stores them: the times are those of the film."""
        return LyricsState(to_stored_text(self.cleaned_data["lines"]))

    @property
    def sentence(self) -> str:
        """The first error as a sentence."""
        return next(str(error) for errors in self.errors.values() for error in errors)
