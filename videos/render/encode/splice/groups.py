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

# So many processes share the usual groups well: a film that they make is the same file. With more,
# each process gets as many groups as the others, and so many frames in each of them at least: a
# key frame costs as much as dozens of others.
FEW_PROCESSES = 4
MIN_GROUP_FRAMES = 60


def split_into_groups(
    frames: int,
    fades: Iterable[range],
    max_frames: int,
    processes: int = 1,
    period: int | None = None,
) -> list[Group]:
    """Split a film of ``frames`` frames into groups of at most ``max_frames``.

    They are shorter where more than ``FEW_PROCESSES`` share them. If a part of the picture repeats
    after ``period`` frames, the groups do so, too, between fades.

    Fades have groups of their own: in bands, what they change in still rows would lead motion over
    the cuts, and a picture that grows from a dark one stays worse than one begun in full light.
    """
    fades = [fade for fade in fades if fade]
    ends = {0, frames, *(end for fade in fades for end in (fade.start, fade.stop))}
    stretches = [range(*ends) for ends in pairwise(sorted(ends))]
    groups: list[Group] = []
    for stretch in stretches:
        is_fade = any(stretch.start in fade for fade in fades)
        if is_fade:
            parts = _split_evenly(stretch, MAX_FADE_FRAMES)
        elif period:
            parts = _split_into_rounds(stretch, round_length(period, max_frames), max_frames)
        else:
            parts = _split_evenly(stretch, max_frames, processes)
        for part in parts:
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


def round_length(period: int, max_frames: int) -> int:
    """Return the frames of a round: so many whole periods as fit a group, or one that is longer."""
    return period * max(1, max_frames // period)


def _split_into_rounds(stretch: range, length: int, max_frames: int) -> Iterator[range]:
    """Yield the parts of a stretch, of which each round is split in the same way."""
    for start in range(stretch.start, stretch.stop, length):
        for part in _split_evenly(range(start, start + length), max_frames):
            if rest := range(part.start, min(part.stop, stretch.stop)):
                yield rest


def _split_evenly(stretch: range, max_frames: int, processes: int = 1) -> Iterator[range]:
    """Yield as few parts of a stretch as ``processes`` share well, all of about the same length."""
    count = -(-len(stretch) // max_frames)
    if processes > FEW_PROCESSES:
        shared = -(-count // processes) * processes
        count = max(count, min(shared, len(stretch) // MIN_GROUP_FRAMES))
    step = -(-len(stretch) // count)
    for start in range(stretch.start, stretch.stop, step):
        yield range(start, min(start + step, stretch.stop))
