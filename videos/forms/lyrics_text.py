"""The words of a song as a text or a file: how its lyrics editor begins, also without a script."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from videos.forms.lyrics_file import LyricsFileForm
from videos.forms.song import LyricsTextField, report_conflict
from videos.models import LyricsConflict, LyricsState, LyricsVersion, Origin, Track
from videos.render.lyrics import LyricsError, check_characters, parse_lyrics


class LyricsTextForm(LyricsFileForm):
    """Lyrics of a track that are typed, pasted or read from a file.

    ``version`` is the number of the lyrics that the page shows: others are not overwritten unseen.
    """

    field_order = ("lyrics_file", "encoding", "lyrics")

    lyrics = LyricsTextField(label=_("Lyrics"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(
        self,
        track: Track,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
    ) -> None:
        """Show the lyrics of ``track`` as they are stored."""
        initial = {"lyrics": track.lyrics, "version": track.lyrics_version}
        super().__init__(data, files, initial=initial)
        self.track = track

    def clean(self) -> dict[str, Any]:
        """Return the values; lyrics of which nothing can be read are an error of their field."""
        data = super().clean()
        name = "lyrics_file" if data.get("lyrics_file") else "lyrics"
        try:
            check_characters(data.get(name) or "")
            parse_lyrics(data.get(name) or "", self.track.duration or 0.0)
        except LyricsError as error:
            self.add_error(name, str(error))
        return data

    def save(self) -> bool:
        """Give the track the lyrics as a new version, unless somebody else did meanwhile.

        False then: the form has an error, and what was typed replaces the others once it is sent
        again.
        """
        data = self.cleaned_data
        if data["lyrics_file"]:
            state, origin = LyricsState(data["lyrics_file"]), Origin.IMPORTED
        elif data["lyrics"] == self.track.lyrics:
            return True
        else:
            state = LyricsState(data["lyrics"], self.track.lyrics_offset)
            origin = Origin.TYPED
        try:
            LyricsVersion.objects.save_state(self.track, state, origin, data["version"])
        except LyricsConflict as conflict:
            report_conflict(self, conflict.version)
            return False
        return True
