"""Reads the frames, the sound and the boxes of a rendered film."""

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from videos.render.layout import Rect

Luma = NDArray[np.uint8]


def read_lumas(path: Path) -> Iterator[Luma]:
    """Yield the lightness of each frame as (height, width)."""
    with av.open(str(path)) as film:
        for frame in film.decode(video=0):
            plane = frame.planes[0]
            rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
            yield rows[:, : frame.width].copy()


def crop(luma: Luma, area: Rect) -> NDArray[np.float32]:
    return luma[area.y : area.bottom, area.x : area.right].astype(np.float32)


def count_samples(path: Path) -> int:
    """Return how many samples of sound can be decoded."""
    with av.open(str(path)) as film:
        return sum(frame.samples for frame in film.decode(audio=0))


def read_boxes(path: Path) -> list[str]:
    """Return the names of the MP4's boxes in their order."""
    data, position, names = path.read_bytes(), 0, []
    while position < len(data):
        size, name = (
            int.from_bytes(data[position : position + 4]),
            data[position + 4 : position + 8].decode("latin-1"),
        )
        names.append(name)
        position += int.from_bytes(data[position + 8 : position + 16]) if size == 1 else size
    return names
