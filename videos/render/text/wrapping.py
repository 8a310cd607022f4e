"""Line breaking by the rules of UAX 14, and the choice of breaks that makes lines most even."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from videos.render.text.bidi import is_rtl
from videos.render.text.clusters import LRM, RLM, is_emoji, split_clusters

Measure = Callable[[str], float]  # from a text to its width in pixels

# Kinsoku shori: characters that may not begin a line, and characters that may not end one.
NO_BREAK_BEFORE = set("、。，．・：；？！‼⁇⁈⁉ー〜…‥」』）〕］｝〉》】’”々〻ゝゞヽヾ゛゜!?,.:;)]}%")
NO_BREAK_BEFORE |= set(
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
)
NO_BREAK_AFTER = set("「『（〔［｛〈《【‘“([{￥＄$")
IDEOGRAPHIC_RANGES = (
    *(("\u2e80", "\u312f"), ("\u3190", "\u9fff"), ("\uf900", "\ufaff"), ("\uff00", "\uffef")),
    *(("\ua000", "\ua4cf"), ("\U00020000", "\U0003ffff")),  # the first is Yi
)
HYPHENS = set("-‐")
DASHES = set("–—")
TIBETAN_MARKS = set("\u0f0b\u0f0d\u0f0e\u0f0f\u0f11\u0f14")  # they may not begin a line
TSHEG = "\u0f0b"  # ends a syllable of Tibetan, which has no spaces between words
PAUSE_PUNCTUATION = set("、。，．；：！？…")
# In Thai and Lao some vowels are written before their consonant and some after it.
LEADING_VOWELS = set("เแโใไເແໂໃໄ")
FOLLOWING_VOWELS = set("ะาำๅๆະາຳ")
MAX_ATTEMPTS = 4
# Cost of a break within a phrase; the slack of a line costs the square of its share of the width.
PHRASE_BREAK_COST = 0.1


class Piece(NamedTuple):
    """A part of a line that is not broken: its width, and the width of the space after it."""

    text: str
    width: float
    space: float


def wrap(text: str, max_width: float, measure: Measure) -> list[str]:
    """Return the lines of a clean ``text``, none wider than ``max_width`` unless one letter is.

    Words are not broken; ideographs break by the rules of Chinese and Japanese (kinsoku). Only a
    word that is wider than a line is cut between letters. A line whose first strong character has
    the opposite direction to the whole text gets an LRM or RLM, which keeps the text's direction.
    """
    if not text or measure(text) <= max_width:
        return [text] if text else []
    limit = max_width
    for _ in range(MAX_ATTEMPTS):
        lines = _break_evenly(_split_pieces(text, limit, measure), limit)
        excess = max(map(measure, lines)) - max_width
        if excess <= 0:
            break
        # The widths of pieces may add up to less than the width of their line.
        limit = max(1.0, limit - excess)
    return [_mark_direction(line, is_rtl(text)) for line in lines]


def wrap_to_lines(text: str, max_width: float, measure: Measure, max_lines: int) -> list[str]:
    """Return the lines of ``wrap``, at most ``max_lines``: the last has the rest, at any width."""
    lines = wrap(text, max_width, measure)
    if len(lines) <= max_lines:
        return lines
    at = 0
    for line in lines[: max_lines - 1]:
        unmarked = line.strip(LRM + RLM)
        at = text.index(unmarked, at) + len(unmarked)
    return [*lines[: max_lines - 1], _mark_direction(text[at:].strip(), is_rtl(text))]


def split_unbreakable(text: str) -> list[str]:
    """Return the parts of a clean ``text`` between which its lines may break, without spaces."""
    return [part.rstrip(" ") for part in _join_unbreakable(split_clusters(text))]


def _break_evenly(pieces: Sequence[Piece], limit: float) -> list[str]:
    """Return the fewest lines within ``limit``, and of these the most even, broken at pauses.

    Dynamic programming: ``best[end]`` describes the best lines of the first ``end`` pieces by their
    number, their cost, and the piece with which the last line starts.
    """
    best = [(0, 0.0, 0)]
    for end, last in enumerate(pieces, start=1):
        is_at_pause = last.space or last.text[-1] in PAUSE_PUNCTUATION or end == len(pieces)
        candidates: list[tuple[int, float, int]] = []
        width = -last.space
        for start in range(end - 1, -1, -1):
            width += pieces[start].width + pieces[start].space
            if width > limit and candidates:
                break
            count, cost, _ = best[start]
            cost += ((limit - width) / limit) ** 2 + (0.0 if is_at_pause else PHRASE_BREAK_COST)
            candidates.append((count + 1, cost, start))
        best.append(min(candidates))
    lines: list[str] = []
    end = len(pieces)
    while end:
        start = best[end][2]
        lines.append("".join(piece.text for piece in pieces[start:end]).strip())
        end = start
    return lines[::-1]


def _split_pieces(text: str, limit: float, measure: Measure) -> list[Piece]:
    """Return the pieces of ``text`` that are not broken, none wider than ``limit`` if possible."""
    space = measure(" ")
    pieces: list[Piece] = []
    for segment in _join_unbreakable(split_clusters(text)):
        word = segment.rstrip(" ")
        parts = [word] if measure(word) <= limit else _split_letters(word)
        pieces += [Piece(part, measure(part), 0.0) for part in parts]
        if word != segment:
            pieces[-1] = Piece(f"{parts[-1]} ", pieces[-1].width, space)
    return pieces


def _split_letters(word: str) -> list[str]:
    """Return the clusters of a word; in Thai and Lao a consonant and its vowels stay together."""
    letters: list[str] = []
    for cluster in split_clusters(word):
        if letters and (letters[-1][-1] in LEADING_VOWELS or cluster[0] in FOLLOWING_VOWELS):
            letters[-1] += cluster
        else:
            letters.append(cluster)
    return letters


def _join_unbreakable(parts: Sequence[str]) -> Iterator[str]:
    """Yield clusters joined where no break is allowed; a space ends the segment before it."""
    segment = ""
    for i, part in enumerate(parts):
        segment += part
        if i + 1 == len(parts) or _may_break_between(segment, part, parts[i + 1]):
            yield segment
            segment = ""


def _may_break_between(segment: str, before: str, after: str) -> bool:
    """Return whether a line may end after ``before``, the last cluster of ``segment``."""
    if before == " " or after == " ":
        return before == " " and after not in DASHES
    if before in HYPHENS or before in DASHES:
        return len(segment) > 1 and after not in HYPHENS | DASHES | NO_BREAK_BEFORE
    if before[-1] == TSHEG:
        return after not in NO_BREAK_BEFORE and after[0] not in TIBETAN_MARKS
    if not (_is_ideographic(before) or _is_ideographic(after)):
        return False
    return before not in NO_BREAK_AFTER and after not in NO_BREAK_BEFORE


def _is_ideographic(cluster: str) -> bool:
    """Return whether breaks are allowed on both sides: class ID of UAX 14, kana or an emoji."""
    return is_emoji(cluster) or any(
        first <= cluster[0] <= last for first, last in IDEOGRAPHIC_RANGES
    )


def _mark_direction(line: str, rtl: bool) -> str:
    """Return a line with a direction mark where it would not get the direction of the text."""
    return line if is_rtl(line) == rtl else (RLM if rtl else LRM) + line
