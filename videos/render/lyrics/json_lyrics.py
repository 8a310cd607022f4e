"""Parsing lyrics in JSON: Suno's aligned words, Whisper's segments, and answers of lyrics sites."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from videos.render.errors import gettext_noop as _
from videos.render.lyrics.aligned_words import MAX_TIME, lines_of_words, parse_word
from videos.render.lyrics.lines import LyricsError, Problems, SourceLine, Word, clean_text
from videos.render.lyrics.pieces import Piece, build_line
from videos.render.lyrics.sections import get_section
from videos.render.lyrics.timestamps import NO_END

ParseText = Callable[[str], Iterable[SourceLine]]

_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_JSON = re.compile(r'\s*(?:\{\s*"|\[\s*\{\s*")')
_WRAPPERS = ("data", "result", "response", "message", "body")
_WORD_LISTS = ("alignedWords", "aligned_words", "words", "word_segments")
_LINE_LISTS = ("segments", "aligned_lyrics", "alignedLyrics", "transcription", "lines", "lyrics")
_TEXTS = ("syncedLyrics", "synced_lyrics", "lrc", "lyric", "plainLyrics", "lyrics", "text")
# Names of an item's fields, and what makes seconds of a number
_STARTS = {
    "startS": 1.0, "start_s": 1.0, "start": 1.0, "startTime": 1.0, "startTimeMs": 0.001,
    "start_ms": 0.001, "startMs": 0.001, "time": 1.0,
}  # fmt: skip
_ENDS = {
    "endS": 1.0, "end_s": 1.0, "end": 1.0, "endTime": 1.0, "endTimeMs": 0.001, "end_ms": 0.001,
    "endMs": 0.001,
}  # fmt: skip
_WORD_NAMES = ("word", "text", "content")
_LINE_NAMES = ("text", "words", "line", "lyric", "content")


def is_json(text: str) -> bool:
    """Return whether a text begins as a JSON object, or a list of objects."""
    return bool(_JSON.match(text[:1000]))


def parse_json(text: str, problems: Problems, parse_text: ParseText) -> Iterator[SourceLine]:
    """Yield the lines of JSON with times in seconds; text inside it goes through ``parse_text``.

    Raises LyricsError for JSON that is damaged, or holds no lyrics.
    """
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise LyricsError(_("This JSON is nested too deeply.")) from error
    except json.JSONDecodeError as error:
        sentence = _("This JSON is damaged: it cannot be read at line %(number)d.") % {
            "number": error.lineno
        }
        raise LyricsError(sentence) from error
    except ValueError as error:
        raise LyricsError(_("This JSON has a number that is too large.")) from error
    for _depth in _WRAPPERS:
        inner = [data[name] for name in _WRAPPERS if isinstance(data, dict) and name in data]
        data = next((each for each in inner if isinstance(each, dict | list)), data)
    return _parse_data(data, problems, parse_text)


def _parse_data(data: object, problems: Problems, parse_text: ParseText) -> Iterator[SourceLine]:
    """Yield the lines of the first part of ``data`` that holds lyrics."""
    by_name: Mapping[str, Any] = data if isinstance(data, dict) else {}
    items = _items(data)
    for name in _LINE_LISTS:
        value = by_name.get(name)
        lines = _items(value) or _items(value.get("lines") if isinstance(value, dict) else None)
        if any(_text(item, _LINE_NAMES) for item in lines):
            return _parse_lines(lines, problems)
    for words in (*(_items(by_name.get(name)) for name in _WORD_LISTS), items):
        if any("word" in item for item in words):
            return _parse_words(words, problems)
    if any(_text(item, _LINE_NAMES) for item in items):
        return _parse_lines(items, problems)
    for name in _TEXTS:
        value = by_name.get(name)
        value = value.get("lyric") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip() and not is_json(value):
            return iter(parse_text(value))
    raise LyricsError(
        _(
            "This is JSON without lyrics: Suno's alignedWords, Whisper's segments or a list of "
            "lines with start and text are read."
        )
    )


def _parse_words(items: Sequence[Mapping[str, object]], problems: Problems) -> Iterator[SourceLine]:
    """Yield lines of words; one without a start begins where the word before it ends."""
    words: list[Word] = []
    for number, item in enumerate(items, 1):
        text = _text(item, _WORD_NAMES)
        start, end = _times(item)
        if start is None:
            start = words[-1].end if words else 0.0
            if text.strip():
                problems.add(
                    0,
                    text,
                    _("word %(number)d has no start; its time is guessed.") % {"number": number},
                )
        word = parse_word({"word": text, "startS": start, "endS": end})
        if word:
            words.append(word)
    return lines_of_words(words, problems)


def _parse_lines(items: Sequence[Mapping[str, object]], problems: Problems) -> Iterator[SourceLine]:
    """Yield a line for each item, with the times of its words where it has them."""
    time = 0.0
    for number, item in enumerate(items, 1):
        text = _text(item, _LINE_NAMES)
        start, end = _times(item)
        if start is None:
            if clean_text(text):
                problems.add(
                    0,
                    text,
                    _("item %(number)d has no start; its time is guessed.") % {"number": number},
                )
            start = time
        time = max(time, end or start)
        pieces = _pieces(text, _items(item.get("words")))
        source = build_line(0, start, NO_END if end is None else end, pieces, problems)
        section = source.line.section or get_section(_string(item.get("section")))
        yield source._replace(line=replace(source.line, section=section))


def _times(item: Mapping[str, object]) -> tuple[float | None, float | None]:
    """Return an item's start and end in seconds, None for what it has not."""
    offsets = item.get("offsets")  # of whisper.cpp, in milliseconds
    if isinstance(offsets, dict):
        item = {"startMs": offsets.get("from"), "endMs": offsets.get("to")}
    return _seconds(item, _STARTS), _seconds(item, _ENDS)


def _seconds(item: Mapping[str, object], names: Mapping[str, float]) -> float | None:
    """Return the first of an item's fields that is a time, in seconds."""
    for name, factor in names.items():
        value = item.get(name)
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            value = float(value)
        if not isinstance(value, int | float) or isinstance(value, bool):
            continue
        if 0 <= value <= MAX_TIME / factor:
            return value * factor
    return None


def _pieces(text: str, items: Sequence[Mapping[str, object]]) -> list[Piece]:
    """Return a line's text in pieces, of which the words that ``items`` tell have times."""
    pieces: list[Piece] = []
    at = 0
    for item in items:
        word = _text(item, _WORD_NAMES).strip()
        start, end = _times(item)
        place = text.find(word, at)
        if not word or place < 0 or start is None:
            continue
        pieces += [Piece(text[at:place]), Piece(word, start, end)]
        at = place + len(word)
    return [*pieces, Piece(text[at:])]


def _items(value: object) -> list[Mapping[str, object]]:
    """Return the objects in a list; none if ``value`` is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _text(item: Mapping[str, object], names: Iterable[str]) -> str:
    """Return the first of an item's fields that is text; else its words in a row."""
    for name in names:
        if text := _string(item.get(name)):
            return text
    words = [text for each in _items(item.get("words")) if (text := _text(each, _WORD_NAMES))]
    has_spaces = any(word != word.strip() for word in words)
    return ("" if has_spaces else " ").join(words)


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
