"""The blocks of lines that are sung without a pause: verses, choruses and what is between them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from videos.render.lyrics.plain import LINE_PAUSE, PlainRow, count_syllables

MAX_BLOCK_LINES = 8  # a longer block without a tag is cut, for sections are rarely longer
_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Block:
    """Lines from ``first`` to before ``last``, their syllables, and whether others are like them.

    ``is_repeated`` tells of a block whose words come again in another one.
    """

    first: int
    last: int
    syllables: float
    is_repeated: bool


def find_blocks(rows: Sequence[PlainRow]) -> list[Block]:
    """Return the blocks of ``rows``: one begins below each tag and each blank row."""
    bounds = [i for i, row in enumerate(rows) if not i or row.section or row.is_after_pause]
    bounds.append(len(rows))
    spans = [
        (at, min(at + MAX_BLOCK_LINES, end))
        for start, end in pairwise(bounds)
        for at in range(start, end, MAX_BLOCK_LINES)
    ]
    texts = [_NO_LETTERS.sub("", row.text.casefold()) for row in rows]
    counts = Counter(texts)
    return [
        Block(
            first,
            last,
            sum(max(1.0, count_syllables(row.text)) + LINE_PAUSE for row in rows[first:last]),
            sum(counts[text] > 1 for text in texts[first:last]) * 2 > last - first,
        )
        for first, last in spans
    ]
