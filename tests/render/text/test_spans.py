"""Where parts of a line stand in it."""

from itertools import pairwise

import pytest

from videos.render.text import Typesetter, Weight
from videos.render.text.spans import locate_spans


def locate(line: str, *parts: str) -> list[float]:
    """Return the left edge of each part in a line whose every character is 10 pixels wide."""
    spans = [(line.index(part), line.index(part) + len(part)) for part in parts]
    return locate_spans(line, spans, lambda text: 10.0 * len(text))


def test_left_to_right_and_right_to_left() -> None:
    assert locate("ab cde", "ab", "cde") == [0, 30]
    assert locate("אב גדה", "אב", "גדה") == [40, 0]


def test_in_both_directions_words_stand_as_they_are_read() -> None:
    assert locate("ab אב גד cd", "ab", "אב", "גד", "cd") == [0, 60, 30, 90]
    assert locate("אב abc גד", "אב", "abc", "גד") == [70, 30, 0]


@pytest.mark.parametrize("line", ["Over the roofs", "فوق السطوح البعيدة", "夜空に光る"])
def test_parts_do_not_overlap(line: str) -> None:
    typesetter = Typesetter()
    parts = line.split() if " " in line else list(line)
    spans = [(line.index(part), line.index(part) + len(part)) for part in parts]
    lefts = typesetter.locate(line, spans, 80, Weight.HEAVY)
    placed = sorted(zip(lefts, parts, strict=True))
    for (left, part), (following, _) in pairwise(placed):
        assert left + typesetter.width(part, 80, Weight.HEAVY) <= following + 1
    assert placed[-1][0] <= typesetter.width(line, 80, Weight.HEAVY)
