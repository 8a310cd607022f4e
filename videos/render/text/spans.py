"""Where parts of a line stand in it, in whichever directions it is written."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from videos.render.text.bidi import resolve_levels, visual_order

Span = tuple[int, int]  # the first character of a part, and the one after its last


def locate_spans(line: str, spans: Sequence[Span], measure: Callable[[str], float]) -> list[float]:
    """Return the left edge of each span in pixels from the line's own left edge.

    ``spans`` are in the order of the clean ``line`` and do not overlap; ``measure`` returns the
    width of a text.
    """
    levels = resolve_levels(line)
    if not any(levels):
        return [measure(line[:end]) - measure(line[start:end]) for start, end in spans]
    if len(set(levels)) == 1:
        width = measure(line)
        return [width - measure(line[:end]) for _, end in spans]
    return _locate_reordered(line, spans, levels, measure)


def _locate_reordered(
    line: str, spans: Sequence[Span], levels: Sequence[int], measure: Callable[[str], float]
) -> list[float]:
    """Return the left edges in a line of both directions, where a span is reordered as a whole."""
    edges = sorted({0, len(line), *(edge for span in spans for edge in span)})
    parts = list(pairwise(edges))
    lefts: dict[int, float] = {}
    x = 0.0
    for number in visual_order([levels[start] for start, _ in parts]):
        start, end = parts[number]
        lefts[start] = x
        x += measure(line[start:end]) or measure(" ") * line[start:end].count(" ")
    return [lefts[start] for start, _ in spans]
