"""Which of the files that somebody drops belong together, by their names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from videos.forms.files import MEBIBYTE, AudioField, CoverField, LyricsField
from videos.render.tags.file_names import stem_key

MAX_SONGS = 20  # of one form
MAX_FILES = 200  # whose names are read
# Covers of these names belong to every song that has none of its own name
COMMON_COVERS = frozenset({"cover", "folder", "front", "artwork", "album"})

HOMELESS = {
    "cover": gettext_lazy(
        "%(name)s belongs to no song here: give the picture the name of its song, and drop both."
    ),
    "lyrics": gettext_lazy(
        "%(name)s belongs to no song here: give the lyrics the name of their song, and drop both."
    ),
}
TAKEN = {
    "cover": gettext_lazy("%(name)s is left out: the song of this name has another cover already."),
    "lyrics": gettext_lazy("%(name)s is left out: the song of this name has other lyrics already."),
}


class DroppedFile(NamedTuple):
    """The name of a file and its size in bytes."""

    name: str
    size: int


@dataclass
class DroppedSong:
    """The places of a song's files among those that were dropped, None where it has none."""

    audio: int
    cover: int | None = None
    lyrics: int | None = None


class Refusal(NamedTuple):
    """A file that is not taken, and why, in a sentence."""

    name: str
    sentence: str


def _suffixes(accept: str) -> frozenset[str]:
    return frozenset(each for each in accept.split(",") if each.startswith("."))


AUDIO_SUFFIXES = _suffixes(AudioField.accept)
KINDS: dict[str, type[AudioField | CoverField | LyricsField]] = {
    **dict.fromkeys(_suffixes(LyricsField.accept), LyricsField),
    **dict.fromkeys(_suffixes(CoverField.accept), CoverField),
    **dict.fromkeys(AUDIO_SUFFIXES, AudioField),
}


class Matching:
    """The songs of several files, in their order, and what is not taken of them."""

    def __init__(self, files: Sequence[DroppedFile]) -> None:
        """Match ``files`` by their names."""
        self.files = files
        self.songs: list[DroppedSong] = []
        self.refusals: list[Refusal] = []
        usable = [number for number in range(len(files)) if self._is_usable(number)]
        self._by_key: dict[str, DroppedSong] = {}
        for number in self._of_kind(usable, AudioField):
            self._add_song(number)
        for column, kind in (("cover", CoverField), ("lyrics", LyricsField)):
            self._attach(column, list(self._of_kind(usable, kind)))

    def _of_kind(self, numbers: Iterable[int], kind: type) -> Iterable[int]:
        return (number for number in numbers if _kind_of(self.files[number].name) is kind)

    def _is_usable(self, number: int) -> bool:
        """Return whether a file may be part of a song; else it is refused."""
        name, size = self.files[number]
        kind = _kind_of(name)
        limit = getattr(settings, kind.size_setting) if kind else 0
        if kind is None:
            sentence = _("%(name)s is neither a song nor a cover nor lyrics.")
        elif size == 0:
            sentence = _("%(name)s is empty.")
        elif size > limit:
            sentence = _("%(name)s has %(size)d MB; %(most)d MB are the limit.")
        else:
            return True
        values = {"size": -(-size // MEBIBYTE), "most": max(1, limit // MEBIBYTE)}
        self._refuse(number, sentence, values)
        return False

    def _add_song(self, number: int) -> None:
        key = self._key(number)
        if first := self._by_key.get(key):
            sentence = _(
                "%(name)s has the name of another song, %(other)s, which is taken. Rename one of "
                "them, then drop it again."
            )
            self._refuse(number, sentence, {"other": self.files[first.audio].name})
        elif len(self.songs) == MAX_SONGS:
            sentence = _("%(name)s is one song too many: drop it after these %(most)d.")
            self._refuse(number, sentence, {"most": MAX_SONGS})
        else:
            self._by_key[key] = DroppedSong(number)
            self.songs.append(self._by_key[key])

    def _attach(self, column: str, numbers: list[int]) -> None:
        """Give each cover or each lyrics file to its song, or to all of them; refuse the rest."""
        rest = []
        for number in numbers:
            song = self._by_key.get(self._key(number))
            if song and getattr(song, column) is None:
                setattr(song, column, number)
            else:
                rest.append(number)
        for number in rest:
            songs = [each for each in self.songs if getattr(each, column) is None]
            is_common = column == "cover" and self._key(number) in COMMON_COVERS
            is_only_choice = len(self.songs) == len(rest) == 1
            if songs and (is_common or is_only_choice):
                for song in songs:
                    setattr(song, column, number)
            else:
                self._refuse_part(number, column)

    def _refuse_part(self, number: int, column: str) -> None:
        has_song = self._key(number) in self._by_key
        self._refuse(number, str((TAKEN if has_song else HOMELESS)[column]))

    def _key(self, number: int) -> str:
        return stem_key(self.files[number].name, AUDIO_SUFFIXES)

    def _refuse(self, number: int, sentence: str, values: dict[str, object] | None = None) -> None:
        name = self.files[number].name
        self.refusals.append(Refusal(name, sentence % {"name": name, **(values or {})}))


class DroppedFilesForm(forms.Form):
    """The names and the sizes of all files that were dropped, which the page tells."""

    total = forms.IntegerField(min_value=1)

    def match(self) -> Matching:
        """Return the songs of the files; the page sends ``MAX_FILES`` names at most."""
        names, sizes = self.data.getlist("name"), self.data.getlist("size")  # type: ignore[attr-defined]  # a QueryDict
        pairs = zip(names[:MAX_FILES], sizes, strict=False)
        files = [DroppedFile(name[-255:], int(size)) for name, size in pairs if size.isdecimal()]
        matching = Matching(files)
        if (more := self.cleaned_data["total"] - len(files)) > 0:
            sentence = _("%(count)d files more were dropped; these are too many at a time.")
            matching.refusals.append(Refusal("", sentence % {"count": more}))
        return matching


def _kind_of(name: str) -> "type[AudioField | CoverField | LyricsField] | None":
    return KINDS.get(PurePosixPath(name).suffix.lower())
