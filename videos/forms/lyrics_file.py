"""The part of a form that takes a lyrics file, and asks for its encoding where that is in doubt."""

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from videos.forms.files import LyricsField
from videos.languages.late_translation import translate_late
from videos.render.encodings import Encoding, find_encoding, unknown_encoding
from videos.render.lyrics import EncodingDoubt, LyricsError, decode

MAX_LINES, MAX_LENGTH = 3, 70  # of the text that a choice shows: lines, and characters of each


class EncodingChoice(NamedTuple):
    """An encoding that can be chosen: its name, what it is for, and how the file reads in it."""

    name: str
    label: str
    lines: list[str]


class EncodingField(forms.CharField):
    """The name of an encoding; the cleaned value is the name that is used here, or ""."""

    def clean(self, value: object) -> str:
        """Return the name; raises ``ValidationError`` with all names for an unknown one."""
        name = str(super().clean(value)).strip()
        encoding = find_encoding(name)
        if name and encoding is None:
            raise ValidationError(unknown_encoding(name))
        return encoding.name if encoding else ""


class LyricsFileForm(forms.Form):
    """A lyrics file and its encoding; the cleaned ``lyrics_file`` is the text.

    ``encoding_choices`` are what a page offers to choose from, ``encoding_doubt`` is the error.
    """

    lyrics_file = LyricsField(
        label=_("Lyrics file"),
        required=False,
        help_text=_("LRC, WebVTT, SRT, TTML, ASS or text; takes the place of lyrics typed here."),
    )
    encoding = EncodingField(label=_("Encoding of the lyrics file"), required=False)
    encoding_choices: tuple[EncodingChoice, ...] = ()
    encoding_doubt: EncodingDoubt | None = None

    def clean(self) -> dict[str, Any]:
        """Return the values; an encoding that is in doubt or wrong is an error of its field."""
        data = super().clean() or self.cleaned_data
        if content := data.get("lyrics_file"):
            data["lyrics_file"] = self._decode(content, data.get("encoding") or "")
        return data

    def _decode(self, content: bytes, name: str) -> str:
        """Return the text of a file, "" where it cannot be read; the form then has an error."""
        if "encoding" in self.errors:
            return ""
        try:
            text = decode(content, name)
        except EncodingDoubt as doubt:
            self.encoding_doubt = doubt
            choices = (_choice(encoding, lines) for encoding, lines in doubt.candidates)
            self.encoding_choices = tuple(choices)
            sentence = _("It is not certain how this lyrics file reads. Choose what looks right.")
            self.add_error("encoding", ValidationError(sentence))
        except LyricsError as error:
            self.add_error("encoding" if name else "lyrics_file", translate_late(str(error)))
        else:
            if encoding := find_encoding(name):
                self.encoding_choices = (_choice(encoding, text.split("\n")), _automatic())
            return text
        return ""


def _choice(encoding: Encoding, lines: list[str]) -> EncodingChoice:
    excerpt = [line.strip()[:MAX_LENGTH] for line in lines if line.strip()]
    label = f"{gettext(encoding.label)} ({encoding.name})"
    return EncodingChoice(encoding.name, label, excerpt[:MAX_LINES])


def _automatic() -> EncodingChoice:
    return EncodingChoice("", gettext("Another file: find its encoding"), [])
