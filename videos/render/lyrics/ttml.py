"""Parsing TTML: Apple's lyrics with times of words, and the timed text of broadcasters."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from videos.render.errors import gettext_noop as _
from videos.render.lyrics.lines import LyricsError, Problems, SourceLine, clean_text
from videos.render.lyrics.pieces import Piece, build_line
from videos.render.lyrics.plain import parse_plain
from videos.render.lyrics.sections import choose_section, get_section
from videos.render.lyrics.timestamps import NO_END

MAX_DEPTH = 40  # of elements inside elements
_PROLOGUE = re.compile(r"\s*<(?:\?xml|!--|!DOCTYPE\s+tt\b|(?:\w+:)?tt[\s>])")
_ROOT = re.compile(r"<(?:\w+:)?tt[\s>]")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_PARAGRAPH = re.compile(r"<(?:\w+:)?p[\s>/]")
_OFFSET = re.compile(r"([0-9]+(?:\.[0-9]+)?)(h|ms|m|s|f|t)")
_CLOCK = re.compile(r"(?:(?:([0-9]+):)?([0-9]+):)?([0-9]+(?:\.[0-9]+)?)")
_FRAMES = re.compile(r"([0-9]+):([0-9]+):([0-9]+):([0-9]+)(?:\.[0-9]+)?")
_DEFAULT_FRAME_RATE = 30.0
_PART_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")  # Apple writes "PreChorus"


class _Times(NamedTuple):
    """The start and end of an element in seconds, None where it has none."""

    start: float | None
    end: float | None


def is_ttml(text: str) -> bool:
    """Return whether the root of an XML text is that of TTML."""
    head = text[:5000]
    return bool(_PROLOGUE.match(head) and _ROOT.search(head))


def parse_ttml(text: str, duration: float, problems: Problems) -> Iterator[SourceLine]:
    """Yield the lines of a TTML text, with the times of words where spans have them.

    Where it has no times at all, they are guessed for a song of ``duration`` seconds. Raises
    LyricsError for XML that is damaged, or has a DTD, which may be a bomb.
    """
    try:
        root = fromstring(_DECLARATION.sub("", text, count=1), forbid_dtd=True)
    except ParseError as error:
        line, _column = error.position
        raise LyricsError(
            _("This TTML is damaged: its XML cannot be read at line %(number)d.") % {"number": line}
        ) from error
    except (DefusedXmlException, ValueError) as error:
        raise LyricsError(_("This TTML has a DTD, which lyrics do not need; remove it.")) from error
    paragraphs = list(_Document(root, text).paragraphs())
    if not any(part.times.start is not None for each in paragraphs for part in each.parts):
        rows = [_text(part) for each in paragraphs for part in each.parts]
        return parse_plain(rows, duration, problems)
    return _lines(paragraphs, problems)


class _Part(NamedTuple):
    """What one voice sings in a paragraph, or its translation."""

    times: _Times
    pieces: list[Piece]


class _Paragraph(NamedTuple):
    """A paragraph: the number of its row in the file, its section's name, and its parts."""

    number: int
    section: str
    parts: list[_Part]


class _Document:
    """A TTML document and how it counts time."""

    def __init__(self, root: Element, text: str) -> None:
        self._root = root
        self._numbers = _row_numbers(text)
        self._frame_rate = _to_float(_get(root, "frameRate"), _DEFAULT_FRAME_RATE)
        self._tick_rate = _to_float(_get(root, "tickRate"), self._frame_rate)

    def paragraphs(self) -> Iterator[_Paragraph]:
        """Yield the paragraphs in the order of the document. Raises LyricsError."""
        yield from self._walk(self._root, 0.0, 0)

    def _walk(self, element: Element, offset: float, depth: int) -> Iterator[_Paragraph]:
        if depth > MAX_DEPTH:
            raise LyricsError(_("This TTML is damaged: too many elements are inside each other."))
        section = _get(element, "songPart") or _get(element, "song-part")
        for child in element:
            times = self._times(child, offset)
            match _name(child):
                case "p":
                    parts = [_Part(times, [])]
                    self._read(child, times, parts[0], parts, depth)
                    name = get_section(_PART_WORDS.sub(" ", section)) if section else ""
                    yield _Paragraph(next(self._numbers, 0), name, parts)
                    section = ""
                case "div" | "body" | "section":
                    yield from self._walk(child, times.start or offset, depth + 1)

    def _read(
        self, element: Element, times: _Times, part: _Part, parts: list[_Part], depth: int
    ) -> None:
        """Add the text of ``element`` to ``part``, other voices and translations as new parts."""
        if depth > MAX_DEPTH:
            raise LyricsError(_("This TTML is damaged: too many elements are inside each other."))
        is_leaf = not len(element) and _name(element) == "span"
        part.pieces.append(Piece(element.text or "", *(times if is_leaf else (None, None))))
        for child in element:
            child_times = self._times(child, times.start or 0.0)
            target = part
            if _get(child, "role").startswith("x-"):
                target = _Part(child_times, [])
                parts.append(target)
            if _name(child) == "span":
                self._read(child, child_times, target, parts, depth + 1)
            elif _name(child) == "br":
                part.pieces.append(Piece(" "))
            part.pieces.append(Piece(child.tail or ""))

    def _times(self, element: Element, offset: float) -> _Times:
        """Return an element's times; those before its parent's start count from there."""
        start, end = (self._seconds(_get(element, name)) for name in ("begin", "end"))
        if start is not None and start < offset:
            start, end = start + offset, None if end is None else end + offset
        duration = self._seconds(_get(element, "dur"))
        if end is None and duration is not None and start is not None:
            end = start + duration
        return _Times(start, end)

    def _seconds(self, text: str) -> float | None:
        """Return a time expression in seconds, None if it is none."""
        if match := _OFFSET.fullmatch(text.strip()):
            units = {"h": 3600, "m": 60, "s": 1, "ms": 0.001}
            units |= {"f": 1 / self._frame_rate, "t": 1 / self._tick_rate}
            return float(match[1]) * units[match[2]]
        if match := _FRAMES.fullmatch(text.strip()):
            hours, minutes, seconds, frames = map(int, match.groups())
            return hours * 3600 + minutes * 60 + seconds + frames / self._frame_rate
        if match := _CLOCK.fullmatch(text.strip()):
            return int(match[1] or 0) * 3600 + int(match[2] or 0) * 60 + float(match[3])
        return None


def _lines(paragraphs: Iterable[_Paragraph], problems: Problems) -> Iterator[SourceLine]:
    """Yield a line for each part of the paragraphs."""
    for number, section, parts in paragraphs:
        main = _own_times(parts[0])
        for index, part in enumerate(parts):
            start, end = _own_times(part)
            if start is None or (main.start is not None and start < (main.end or start)):
                start, end = main.start, end or main.end
            if not _text(part):
                continue
            if start is None:
                problems.add(number, _text(part), _("it has no time; it is left out."))
                continue
            source = build_line(number, start, end or NO_END, part.pieces, problems)
            name = "" if index else choose_section(section, source.line.section)
            yield source._replace(line=replace(source.line, section=name))


def _own_times(part: _Part) -> _Times:
    """Return the times of a part: its own, or those of its first and last words."""
    starts = [piece.start for piece in part.pieces if piece.start is not None]
    ends = [piece.end for piece in part.pieces if piece.end is not None]
    start, end = part.times
    return _Times(
        min(starts, default=None) if start is None else start,
        max(ends, default=None) if end is None else end,
    )


def _text(part: _Part) -> str:
    return clean_text("".join(piece.text for piece in part.pieces))


def _row_numbers(text: str) -> Iterator[int]:
    """Yield the number of the row in which each paragraph begins."""
    number, at = 1, 0
    for paragraph in _PARAGRAPH.finditer(text):
        number += text.count("\n", at, paragraph.start())
        at = paragraph.start()
        yield number


def _name(element: Element) -> str:
    """Return an element's name without its namespace, "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _get(element: Element, name: str) -> str:
    """Return an attribute, whatever its namespace; "" if there is none."""
    return next(
        (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), ""
    )


def _to_float(text: str, default: float) -> float:
    return (
        float(text) if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]+)?", text) and float(text) else default
    )
