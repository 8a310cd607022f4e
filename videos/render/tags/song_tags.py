"""The tags of a song, clean and in one form, whatever the format of its file."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from videos.render.tags.legacy_text import mend_texts
from videos.render.tags.synced_lyrics import SyncedText, format_lrc
from videos.render.text import single_line

SPACES = re.compile(r"[ \t\n\v\f\r]+")
# Control characters of lyrics, but for ends of lines and tabs.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
LINE_ENDS = re.compile(r"\r\n?|\x00|\u2028|\u2029|\x85")
LRC_STAMP = re.compile(r"^\s*\[\d{1,3}:\d{1,2}([.:]\d{1,3})?\]", re.MULTILINE)
SUNO = re.compile(r"\bmade with suno\b", re.IGNORECASE)
# What tags hold instead of a language (ISO 639-2) or a genre.
NO_LANGUAGES = {"und", "xxx", "zxx", "mul"}
FRONT_COVER = 3  # the number of that kind of picture in ID3 and FLAC


@dataclass(frozen=True)
class SongTags:
    """What the file of a song says of it; "" and None where it says nothing.

    ``artist`` and ``genre`` are lists with commas, ``language`` is a code or a name, ``lyrics`` are
    LRC where the file has their times, ``cover`` is a picture's file, ``comment`` is there only if
    it tells that Suno made the song.
    """

    title: str = ""
    artist: str = ""
    album: str = ""
    genre: str = ""
    language: str = ""
    lyrics: str = ""
    comment: str = ""
    cover: bytes | None = None


@dataclass
class RawTags:
    """The tags as a file has them.

    ``texts`` are the values by a lower-case name (title, artist, artists, albumartist, album,
    genre, language, comment, lyrics), ``covers`` are pictures with their kinds, ``synced`` are
    lyrics with times.
    """

    texts: dict[str, list[str]] = field(default_factory=dict)
    covers: list[tuple[int, bytes]] = field(default_factory=list)
    synced: list[list[SyncedText]] = field(default_factory=list)

    def add(self, name: str, values: Iterable[object]) -> None:
        """Add values of the tag ``name`` that are not there yet."""
        known_values = self.texts.setdefault(name, [])
        for value in map(str, values):
            if value.strip("\0 \t\r\n") and value not in known_values:
                known_values.append(value)

    def to_song_tags(self) -> SongTags:
        """Return the tags in one form."""
        names = list(self.texts)
        mended = mend_texts([value for name in names for value in self.texts[name]])
        values = iter(mended)
        texts = {name: [next(values) for _ in self.texts[name]] for name in names}
        comments = [each for each in map(clean_line, texts.get("comment", [])) if each]
        comment = next(filter(SUNO.search, comments), "")
        return SongTags(
            title=_first(texts, "title"),
            artist=join_names(_choose_artists(texts)),
            album=_first(texts, "album"),
            genre=join_names(texts.get("genre", [])),
            language=_language(_first(texts, "language")),
            lyrics=_choose_lyrics(self.synced, texts.get("lyrics", [])),
            comment=comment,
            cover=self._choose_cover(),
        )

    def _choose_cover(self) -> bytes | None:
        """Return the front cover, else the first picture."""
        pictures = [data for kind, data in self.covers if kind == FRONT_COVER and data]
        pictures += [data for _kind, data in self.covers if data]
        return pictures[0] if pictures else None


def clean_line(text: str) -> str:
    """Return ``text`` on one line, without invisible and misleading characters."""
    return single_line(SPACES.sub(" ", text.replace("\0", " ")))


def clean_lyrics(text: str) -> str:
    """Return ``text`` with plain ends of lines, without control characters."""
    return CONTROLS.sub("", LINE_ENDS.sub("\n", text)).strip()


def join_names(values: Iterable[str]) -> str:
    """Return several values as one: "A, B", each of them once."""
    names = [name for value in values for name in map(clean_line, value.split("\0")) if name]
    return ", ".join(dict.fromkeys(names))


def _first(texts: dict[str, list[str]], name: str) -> str:
    return next((line for line in map(clean_line, texts.get(name, [])) if line), "")


def _choose_artists(texts: dict[str, list[str]]) -> list[str]:
    """Return the artists of the song, else those of its album."""
    choices = (texts.get(name, []) for name in ("artist", "artists", "albumartist"))
    return next((values for values in choices if join_names(values)), [])


def _choose_lyrics(synced: Sequence[Sequence[SyncedText]], texts: Iterable[str]) -> str:
    """Return the lyrics with times if there are any, else the first ones."""
    with_times = [format_lrc(entries) for entries in synced]
    plain = list(map(clean_lyrics, texts))
    choices = [*with_times, *filter(LRC_STAMP.search, plain), *plain]
    return next(filter(None, choices), "")


def _language(text: str) -> str:
    language = text.split(",")[0].strip()
    return "" if language.lower() in NO_LANGUAGES else language
