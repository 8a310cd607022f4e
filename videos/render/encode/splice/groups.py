"""Groups of pictures (GOPs): each starts with a key frame, so any process can encode it alone."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple


class Group(NamedTuple):
    """Consecutive frames, the number of the group in the film, and whether it is in a fade, where
    all of the picture changes.
    """

    number: int
    frames: range
    is_fade: bool


# Frames of a group in a fade. Each of them costs as much as several others: the fewer there are in
# a group, the better the work is shared, but each group also costs a key frame.
MAX_FADE_FRAMES = 18


def split_into_groups(frames: int, fades: Iterable[range], max_frames: int) -> list[Group]:
    """Split a film of ``frames`` frames into groups of at most ``max_frames``.

    Fades have groups of their own: in bands, what they change in still rows would lead motion over
    the cuts, and a picture that grows from a dark one stays worse than one begun in full light.
    """
    fades = [fade for fade in fades if fade]
    ends = {0, frames, *(end for fade in fades for end in (fade.start, fade.stop))}
    stretches = [range(*ends) for ends in pairwise(sorted(ends))]
    groups: list[Group] = []
    for stretch in stretches:
        is_fade = any(stretch.start in fade for fade in fades)
        for part in _split_evenly(stretch, MAX_FADE_FRAMES if is_fade else max_frames):
            groups.append(Group(len(groups), part, is_fade))
    return groups


def cut_groups(groups: Iterable[Group], frames: range) -> list[Group]:
    """Return what ``groups`` have of consecutive ``frames``, numbered anew."""
    parts = [
        group._replace(
            frames=range(max(group.frames.start, frames.start), min(group.frames.stop, frames.stop))
        )
        for group in groups
    ]
    return [part._replace(number=number) for number, part in enumerate(filter(_has_frames, parts))]


def _has_frames(group: Group) -> bool:
    return bool(group.frames)


def _split_evenly(stretch: range, max_frames: int) -> Iterator[range]:
    """Yield as few parts of a stretch as possible, all of about the same length."""
    step = -(-len(stretch) // -(-len(stretch) // max_frames))
    for start in range(stretch.start, stretch.stop, step):
        yield range(start, min(start + step, stretch.stop))
