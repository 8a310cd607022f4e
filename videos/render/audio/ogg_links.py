"""Finds the links of a chained Ogg file: songs or pieces that were written one after the other."""

import mmap
from pathlib import Path

CAPTURE = b"OggS"
HEADER_SIZE = 27  # bytes of a page before its table of segments
BEGINS_STREAM = 2  # flag of the first page of a stream
MAX_LINKS = 500  # the rest of a file with more is read as part of the last link


def find_ogg_links(path: Path) -> list[tuple[int, int]]:
    """Return where each link starts and ends in bytes; a plain file is one link.

    Raises OSError.
    """
    starts = [0]
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        position, is_in_header = data.find(CAPTURE), True
        while position >= 0 and len(starts) < MAX_LINKS:
            page = data[position : position + HEADER_SIZE]
            if len(page) < HEADER_SIZE:
                break
            begins_stream = bool(page[5] & BEGINS_STREAM)
            if begins_stream and not is_in_header:
                starts.append(position)
            is_in_header = begins_stream
            segments = data[position + HEADER_SIZE : position + HEADER_SIZE + page[26]]
            following = position + HEADER_SIZE + len(segments) + sum(segments)
            # Behind damage the next page is wherever its capture pattern is
            position = data.find(CAPTURE, following)
        size = len(data)
    return list(zip(starts, [*starts[1:], size], strict=True))
