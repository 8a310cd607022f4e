"""Groups of pictures: each starts with a key frame and needs no other, so anyone may encode it."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple


class Group(NamedTuple):
    """Consecutive frames, the place of the group in the film, and whether all of the picture
    changes in them.
    """

    number: int
    frames: range
    is_whole: bool


FADING = 18
"""Frames of a group in a fade at most. Each costs as much as several others: the fewer there are,
the better they can be shared out, but each group also has a key frame to pay.
"""


def groups_of(frames: int, fades: Iterable[range], longest: int) -> list[Group]:
    """Part a film of so many `frames` into groups of at most the `longest`.

    Fades have groups of their own: in bands, what they do to still rows would lead motion over the
    cuts, and a picture that is built up from a dark one stays worse than one begun in full light.
    """
    fading = [fade for fade in fades if fade]
    ends = {0, frames, *(end for fade in fading for end in (fade.start, fade.stop))}
    stretches = [range(*ends) for ends in pairwise(sorted(ends))]
    groups: list[Group] = []
    for stretch in stretches:
        is_whole = any(stretch.start in fade for fade in fading)
        for part in _parts(stretch, FADING if is_whole else longest):
            groups.append(Group(len(groups), part, is_whole))
    return groups


def _parts(stretch: range, longest: int) -> Iterator[range]:
    """Yield as few parts of a stretch as can be, about as long as each other."""
    step = -(-len(stretch) // -(-len(stretch) // longest))
    for start in range(stretch.start, stretch.stop, step):
        yield range(start, min(start + step, stretch.stop))
