"""Proposes the hook of a song from its words: its chorus, else the lines that are repeated most."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from videos.render.lyrics import Line

Block = Sequence[Line]

# Names of sections that a song is remembered by; not those that lead to them ("Pre-Chorus")
_HOOK_NAME = re.compile(
    r"(?<![\w-])(?:chorus|hook|refrain|kehrreim|ritornello|estribillo|coro|refrão|refren|refrén"
    r"|refräng|kertosäe|nakarat|припев|приспів)\b|副歌|サビ|후렴|코러스",
    re.IGNORECASE,
)
_LEAD_NAME = re.compile(r"(?:pre|post|pré|пред|프리)[ -]?", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[\W_]+")
MIN_REPEATED_LETTERS = 6  # "oh" and "yeah" are repeated, too


def find_chorus(lines: Sequence[Line]) -> Sequence[Block]:
    """Return the blocks of lines under a tag such as ``[Chorus]``, in the order of the song."""
    blocks: list[list[Line]] = []
    is_hook = False
    for line in lines:
        if line.section:
            is_hook = is_hook_name(line.section)
            if is_hook:
                blocks.append([])
        if is_hook:
            blocks[-1].append(line)
    return blocks


def is_hook_name(section: str) -> bool:
    """Return whether a section with that name is what a song is remembered by."""
    match = _HOOK_NAME.search(section)
    return match is not None and not _LEAD_NAME.fullmatch(section[: match.start()].strip() or "-")


def find_repeated(lines: Sequence[Line]) -> Sequence[Block]:
    """Return the blocks of consecutive lines that are repeated most; none if no line is."""
    texts = [_NO_LETTERS.sub("", line.text.casefold()) for line in lines]
    counts = Counter(texts)
    weights = [
        counts[text] if counts[text] > 1 and len(text) >= MIN_REPEATED_LETTERS else 0
        for text in texts
    ]
    blocks = list(_runs(lines, weights))
    if not blocks:
        return []
    most = max(weight for weight, _ in blocks)
    return [block for weight, block in blocks if weight == most]


def _runs(lines: Sequence[Line], weights: Sequence[int]) -> Iterator[tuple[int, Block]]:
    """Yield the runs of lines with a weight, each with the sum of its weights."""
    at = 0
    for is_repeated, group in groupby(weights, key=bool):
        run = list(group)
        if is_repeated:
            yield sum(run), lines[at : at + len(run)]
        at += len(run)
