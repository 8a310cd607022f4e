"""Counts the scans of a JPEG by its markers, as its decoder meets them (ITU-T T.81, annex B).

What follows the end of the picture does not count: phones append a film to a photo, and cameras
further pictures. Neither does what lies inside a segment, such as a thumbnail.
"""

import re
from collections.abc import Iterator
from typing import IO

# A progressive JPEG has about ten scans of all its pixels. Each takes time: thousands would be an
# attack.
MAX_SCANS = 100
MAX_MARKERS = 10_000  # a profile, which is cut into segments, has 255 at most
BLOCK = 1 << 20  # bytes; more than a segment can have

# Bytes FF that are data or fill, and restarts inside a scan, are none
MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")
FIRST_WITH_SEGMENT = 0xC0  # decoders skip the reserved codes before it
START_OF_IMAGE, END_OF_IMAGE, START_OF_SCAN = 0xD8, 0xD9, 0xDA


def has_too_many_scans(file: IO[bytes]) -> bool:
    """Return whether the first picture in a JPEG file has more scans or markers than any needs."""
    scans = 0
    for count, marker in enumerate(_read_markers(file)):
        scans += marker == START_OF_SCAN
        if scans > MAX_SCANS or count > MAX_MARKERS:
            return True
        if marker == END_OF_IMAGE:
            return False
    return False


def _read_markers(file: IO[bytes]) -> Iterator[int]:
    """Yield the codes of the markers in ``file``, but none inside the segment of another."""
    file.seek(0)
    block, at = file.read(BLOCK), 0
    while True:
        match = MARKER.search(block, at)
        if match and match.end() + 2 <= len(block):
            code, at = block[match.end() - 1], match.end()
            yield code
            if code >= FIRST_WITH_SEGMENT and code not in {START_OF_IMAGE, END_OF_IMAGE}:
                at += max(2, int.from_bytes(block[at : at + 2]))
            continue
        rest = match.start() if match else max(at, len(block) - 1)
        more = file.read(BLOCK)
        if not more:
            return
        block, at = block[rest:] + more, max(0, rest - len(block))
