"""The fields with which people choose a logo and a translation for a film."""

from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from videos import pipeline
from videos.forms.files import NO_ROOM, BoundedFileField, LyricsField
from videos.languages.late_translation import translate_late
from videos.models import Asset, Track, User
from videos.pipeline.translations import lyrics_of
from videos.providers.errors import MediaError
from videos.render.errors import LogoError, StorageError
from videos.render.lyrics import (
    EncodingDoubt,
    LyricsError,
    check_characters,
    decode,
    parse_lyrics,
)

# The hidden fields that hold the ids of what was chosen, each with the input of its file
FILE_FIELDS = {"logo": "logo_file", "translation": "translation_file"}
KINDS = {"logo": Asset.Kind.LOGO, "translation": Asset.Kind.TRANSLATION}


class LogoField(BoundedFileField):
    """The file of a logo."""

    size_setting = "MAX_COVER_BYTES"
    accept = ".png,.webp,image/png,image/webp"


class FilmFilesForm(forms.Form):
    """What is chosen now, and what was uploaded with an earlier attempt: nothing is sent twice."""

    logo_file = LogoField(
        label=gettext_lazy("Logo"),
        required=False,
        help_text=gettext_lazy("PNG or WebP with a transparent background; at the foot."),
    )
    translation_file = LyricsField(
        label=gettext_lazy("Translation of the lyrics"),
        required=False,
        help_text=gettext_lazy("A lyrics file; with times, or with as many lines."),
    )
    logo = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    translation = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    owner: User

    def clean_logo_file(self) -> Asset | None:
        """Store the logo and return its asset; an error where it cannot be used."""
        file = cast("File[bytes] | None", self.cleaned_data["logo_file"])
        try:
            return pipeline.store_logo(self.owner, file) if file else None
        except (LogoError, pipeline.QuotaReached) as error:
            raise ValidationError(translate_late(str(error))) from error
        except StorageError as error:
            raise ValidationError(NO_ROOM) from error

    def clean_translation_file(self) -> Asset | None:
        """Store the words and return their asset; an error where they cannot be read."""
        content = self.cleaned_data["translation_file"]
        try:
            return pipeline.store_translation(self.owner, _read(content)) if content else None
        except EncodingDoubt as error:
            sentence = gettext("It is not certain how this file reads. Save it as UTF-8.")
            raise ValidationError(sentence) from error
        except (LyricsError, pipeline.QuotaReached) as error:
            raise ValidationError(translate_late(str(error))) from error

    def clean_files(self) -> None:
        """Find what was chosen, now or before; the form names it from now on."""
        shown = cast("QueryDict", self.data).copy()
        assets = Asset.objects.for_user(self.owner)
        for name, file in FILE_FIELDS.items():
            chosen = self.cleaned_data.get(file)
            if not chosen and f"clear_{name}" not in self.data:
                chosen = assets.of_kind(KINDS[name], self.cleaned_data.get(name) or "")
            shown[name] = self.cleaned_data[name] = chosen.pk.hex if chosen else ""
        self.data = shown

    def check_translation(self, track: Track) -> None:
        """Add an error where the translation does not fit the lyrics of ``track``."""
        try:
            lyrics_of(track, self.cleaned_data["translation"])
        except (LyricsError, MediaError) as error:
            self.add_error("translation_file", translate_late(str(error)))

    @property
    def chosen_files(self) -> list[tuple[forms.BoundField, forms.BoundField, Asset | None]]:
        """The two inputs, each with the hidden field of its asset, and that asset."""
        assets = Asset.objects.for_user(self.owner)
        return [
            (self[file], self[name], assets.of_kind(KINDS[name], str(self[name].value() or "")))
            for name, file in FILE_FIELDS.items()
        ]


class FilmFilesUploadForm(FilmFilesForm):
    """The files alone, which the page sends as soon as they are chosen."""

    def __init__(self, owner: User, *args: object) -> None:
        """Validate the files of ``owner``."""
        super().__init__(*args)  # type: ignore[arg-type]
        self.owner = owner

    def clean(self) -> dict[str, object]:
        """Return the values, with what is chosen from now on."""
        data = super().clean() or {}
        self.clean_files()
        return data


def _read(content: bytes) -> str:
    """Return the text of a lyrics file; raises ``LyricsError`` where nothing can be read in it."""
    text = decode(content, "")
    check_characters(text)
    parse_lyrics(text, 0)
    return text
