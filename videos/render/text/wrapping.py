"""Breaking a line of text into lines that fit, as even as they can be."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from videos.render.text.bidi import is_rtl
from videos.render.text.clusters import LRM, RLM, clusters, is_emoji

Measure = Callable[[str], float]  # from a text to its width in pixels

# Kinsoku: what may not begin a line, and what may not end one.
NOT_FIRST = set("、。，．・：；？！‼⁇⁈⁉ー〜…‥」』）〕］｝〉》】’”々〻ゝゞヽヾ゛゜!?,.:;)]}%")
NOT_FIRST |= set("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ")
NOT_LAST = set("「『（〔［｛〈《【‘“([{￥＄$")
IDEOGRAPHIC = (
    *(("\u2e80", "\u312f"), ("\u3190", "\u9fff"), ("\uf900", "\ufaff"), ("\uff00", "\uffef")),
    ("\U00020000", "\U0003ffff"),
)
DASHES = set("-‐–—")
ATTEMPTS = 4


class Piece(NamedTuple):
    """What holds together on a line: its own width, and that of a space after it."""

    text: str
    width: float
    space: float


def wrap(text: str, max_width: float, measure: Measure) -> list[str]:
    """Return the lines of a clean `text`, none wider than `max_width` unless one cluster is.

    Words hold together, ideographs break where Chinese and Japanese rules let them, and only
    what is too wide for a whole line is cut between clusters. A line whose own first letter runs
    against the direction of the text gets a mark that keeps it in the text's.
    """
    if not text or measure(text) <= max_width:
        return [text] if text else []
    limit = max_width
    for _ in range(ATTEMPTS):
        lines = _even(_pieces(text, limit, measure), limit)
        excess = max(map(measure, lines)) - max_width
        if excess <= 0:
            break
        limit = max(1.0, limit - excess)  # widths of pieces add up to a little less than lines
    return [_directed(line, is_rtl(text)) for line in lines]


def _even(pieces: Sequence[Piece], limit: float) -> list[str]:
    """Return the lines within the narrowest limit that needs no line more."""
    fewest = len(_fill(pieces, limit))
    low, high = max(piece.width for piece in pieces), limit
    while high - low > 1:
        middle = (low + high) / 2
        if len(_fill(pieces, middle)) > fewest:
            low = middle
        else:
            high = middle
    return _fill(pieces, high)


def _fill(pieces: Sequence[Piece], limit: float) -> list[str]:
    """Put on each line as many pieces as go."""
    lines: list[str] = []
    used = limit
    for piece in pieces:
        if not lines or used + piece.width > limit:
            lines.append("")
            used = 0.0
        lines[-1] += piece.text
        used += piece.width + piece.space
    return [line.strip() for line in lines]


def _pieces(text: str, limit: float, measure: Measure) -> list[Piece]:
    """Return what must hold together within lines of `limit`."""
    space = measure(" ")
    found: list[Piece] = []
    for unit in _units(clusters(text)):
        word = unit.rstrip(" ")
        trailing = space if word != unit else 0.0
        width = measure(word)
        if width <= limit:
            found.append(Piece(unit, width, trailing))
            continue
        letters = [Piece(cluster, measure(cluster), 0.0) for cluster in clusters(word)]
        found += [Piece(part, measure(part), 0.0) for part in _fill(letters, limit)]
        found[-1] = Piece(found[-1].text + unit[len(word) :], found[-1].width, trailing)
    return found


def _units(parts: Sequence[str]) -> Iterator[str]:
    """Join clusters between which a line may not break; a space ends the unit before it."""
    unit = ""
    for i, part in enumerate(parts):
        unit += part
        if i + 1 == len(parts) or _may_break(unit, part, parts[i + 1]):
            yield unit
            unit = ""


def _may_break(unit: str, before: str, after: str) -> bool:
    """Return whether a line may end after `before`, the last cluster of `unit`."""
    if before == " " or after == " ":
        return before == " "
    if before in DASHES:
        return len(unit) > 1 and after not in DASHES and after not in NOT_FIRST
    if not (_stands_alone(before) or _stands_alone(after)):
        return False
    return before not in NOT_LAST and after not in NOT_FIRST


def _stands_alone(cluster: str) -> bool:
    """Return whether lines may break around a cluster: an ideograph, kana or an emoji."""
    return is_emoji(cluster) or any(first <= cluster[0] <= last for first, last in IDEOGRAPHIC)


def _directed(line: str, rtl: bool) -> str:
    """Return a part of a text with the direction of the whole."""
    return line if is_rtl(line) == rtl else (RLM if rtl else LRM) + line
