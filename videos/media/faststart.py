"""Films that play before they are here whole: an MP4's index moves from its end to its front.

Nothing is decoded or encoded: the box ``moov`` is copied, with the positions in it moved along
(ISO/IEC 14496-12). Link previews and browsers fetch the beginning of a film only.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MAX_INDEX = 64 << 20  # bytes; that of a film of ten hours has fewer
_MAX_BOXES = 10_000
_CONTAINERS = {b"trak", b"mdia", b"minf", b"stbl"}
_WIDTHS = {b"stco": 4, b"co64": 8}  # bytes of a position in these tables


@dataclass(frozen=True)
class Box:
    """A part of a file: its kind, and where it begins, where its content does, and its end."""

    kind: bytes
    start: int
    content: int
    end: int


class NotMovable(ValueError):
    """The file is no film whose index could be moved."""


def move_index_to_front(path: Path) -> bool:
    """Rewrite the film at ``path`` so that its index comes first; return whether it did so.

    A film that cannot be moved is left as it is. Raises OSError.
    """
    try:
        boxes = _top_boxes(path)
        kinds = [box.kind for box in boxes]
        if b"moof" in kinds or kinds.count(b"moov") != 1 or b"mdat" not in kinds:
            return False
        index = boxes[kinds.index(b"moov")]
        if index.start < boxes[kinds.index(b"mdat")].start:
            return False
        _rewrite(path, boxes, index)
    except (NotMovable, struct.error):
        return False
    return True


def _top_boxes(path: Path) -> list[Box]:
    size = path.stat().st_size
    boxes: list[Box] = []
    with path.open("rb") as file:
        position = 0
        while position < size and len(boxes) < _MAX_BOXES:
            file.seek(position)
            boxes.append(_box(file.read(16), position, size))
            position = boxes[-1].end
    return boxes


def _box(head: bytes, start: int, limit: int) -> Box:
    """Return the box whose first bytes are ``head``; raises ``NotMovable``."""
    if len(head) < 8:
        raise NotMovable
    length, content = int.from_bytes(head[:4], "big"), 8
    if length == 1:
        length, content = int.from_bytes(head[8:16], "big"), 16
    elif length == 0:  # up to the end
        length = limit - start
    if length < content or start + length > limit:
        raise NotMovable
    return Box(head[4:8], start, start + content, start + length)


def _rewrite(path: Path, boxes: list[Box], index: Box) -> None:
    length = index.end - index.start
    if length > MAX_INDEX:
        raise NotMovable
    front = [box for box in boxes[:1] if box.kind == b"ftyp"]
    begin = front[0].end if front else 0
    target = path.with_suffix(".moved")
    with path.open("rb") as source, target.open("wb") as result:
        source.seek(index.start)
        moved = bytearray(source.read(length))
        # What stands between the front and the index moves back by the length of the index
        _move_positions(moved, Box(b"moov", 0, index.content - index.start, length), begin, index)
        source.seek(0)
        result.write(source.read(begin))
        result.write(moved)
        _copy(source, result, begin, index.start)
        _copy(source, result, index.end, path.stat().st_size)
    target.replace(path)


def _copy(source: BinaryIO, result: BinaryIO, start: int, end: int) -> None:
    source.seek(start)
    left = end - start
    while left > 0 and (block := source.read(min(left, 1 << 20))):
        result.write(block)
        left -= len(block)


def _move_positions(data: bytearray, parent: Box, begin: int, index: Box) -> None:
    """Add the length of the index to each position in its tables that is before it."""
    shift = index.end - index.start
    for table in _tables(data, parent):
        width = _WIDTHS[table.kind]
        (count,) = struct.unpack_from(">I", data, table.content + 4)
        first = table.content + 8
        if first + count * width > table.end:
            raise NotMovable
        layout = f">{count}{'I' if width == 4 else 'Q'}"
        positions = struct.unpack_from(layout, data, first)
        moved = [each + shift if begin <= each < index.start else each for each in positions]
        if max(moved, default=0) >= 1 << (8 * width):
            raise NotMovable
        struct.pack_into(layout, data, first, *moved)


def _tables(data: bytearray, parent: Box) -> Iterator[Box]:
    """Yield the tables of positions inside ``parent``, however many tracks there are."""
    waiting, seen = [parent], 0
    while waiting:
        outer = waiting.pop()
        position = outer.content
        while position < outer.end:
            seen += 1
            if seen > _MAX_BOXES:
                raise NotMovable
            box = _box(bytes(data[position : position + 16]), position, outer.end)
            if box.kind in _WIDTHS:
                yield box
            elif box.kind in _CONTAINERS:
                waiting.append(box)
            position = box.end
