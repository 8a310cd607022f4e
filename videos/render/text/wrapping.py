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
HYPHENS = set("-‐")
DASHES = set("–—")
PAUSES = set("、。，．；：！？…")
# In Thai and Lao some vowels are written before their consonant and some behind it.
VOWELS_BEFORE = set("เแโใไເແໂໃໄ")
VOWELS_AFTER = set("ะาำๅๆະາຳ")
ATTEMPTS = 4
SPLIT = 0.1  # what a break amid a phrase costs: as much as lines uneven by a quarter


class Piece(NamedTuple):
    """What holds together on a line: its own width, and that of a space after it."""

    text: str
    width: float
    space: float


def wrap(text: str, max_width: float, measure: Measure) -> list[str]:
    """Return the lines of a clean `text`, none wider than `max_width` unless one letter is.

    Words hold together, ideographs break where Chinese and Japanese rules let them, and only
    what is too wide for a whole line is cut between letters. A line whose own first letter runs
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


def wrap_into(text: str, max_width: float, measure: Measure, most: int) -> list[str]:
    """Return what `wrap` does, but `most` lines: the last has all the rest, however wide."""
    lines = wrap(text, max_width, measure)
    if len(lines) <= most:
        return lines
    at = 0
    for line in lines[: most - 1]:
        bare = line.strip(LRM + RLM)
        at = text.index(bare, at) + len(bare)
    return [*lines[: most - 1], _directed(text[at:].strip(), is_rtl(text))]


def _even(pieces: Sequence[Piece], limit: float) -> list[str]:
    """Return the fewest lines within `limit`, of those the evenest, with breaks at pauses if any.

    For each beginning of the text, the best lines are its best last line after the best lines for
    the rest: `best` holds how many, their cost and where the last one starts.
    """
    best = [(0, 0.0, 0)]
    for end, last in enumerate(pieces, start=1):
        calm = last.space or last.text[-1] in PAUSES or end == len(pieces)
        ways: list[tuple[int, float, int]] = []
        width = -last.space
        for start in range(end - 1, -1, -1):
            width += pieces[start].width + pieces[start].space
            if width > limit and ways:
                break
            count, cost, _ = best[start]
            cost += ((limit - width) / limit) ** 2 + (0.0 if calm else SPLIT)
            ways.append((count + 1, cost, start))
        best.append(min(ways))
    lines: list[str] = []
    end = len(pieces)
    while end:
        start = best[end][2]
        lines.append("".join(piece.text for piece in pieces[start:end]).strip())
        end = start
    return lines[::-1]


def _pieces(text: str, limit: float, measure: Measure) -> list[Piece]:
    """Return what must hold together within lines of `limit`."""
    space = measure(" ")
    found: list[Piece] = []
    for unit in _units(clusters(text)):
        word = unit.rstrip(" ")
        parts = [word] if measure(word) <= limit else _letters(word)
        found += [Piece(part, measure(part), 0.0) for part in parts]
        if word != unit:
            found[-1] = Piece(f"{parts[-1]} ", found[-1].width, space)
    return found


def _letters(word: str) -> list[str]:
    """Return what of a word must never be cut: clusters, in Thai and Lao with their vowels."""
    letters: list[str] = []
    for cluster in clusters(word):
        if letters and (letters[-1][-1] in VOWELS_BEFORE or cluster[0] in VOWELS_AFTER):
            letters[-1] += cluster
        else:
            letters.append(cluster)
    return letters


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
        return before == " " and after not in DASHES
    if before in HYPHENS or before in DASHES:
        return len(unit) > 1 and after not in HYPHENS | DASHES | NOT_FIRST
    if not (_stands_alone(before) or _stands_alone(after)):
        return False
    return before not in NOT_LAST and after not in NOT_FIRST


def _stands_alone(cluster: str) -> bool:
    """Return whether lines may break around a cluster: an ideograph, kana or an emoji."""
    return is_emoji(cluster) or any(first <= cluster[0] <= last for first, last in IDEOGRAPHIC)


def _directed(line: str, rtl: bool) -> str:
    """Return a part of a text with the direction of the whole."""
    return line if is_rtl(line) == rtl else (RLM if rtl else LRM) + line
