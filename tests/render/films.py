"""Looking into a film that was made: its streams, its frames, its boxes."""

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from videos.render.layout import Rect

Luma = NDArray[np.uint8]


def lumas(path: Path) -> Iterator[Luma]:
    """Yield the lightness of each frame as (height, width)."""
    with av.open(str(path)) as film:
        for frame in film.decode(video=0):
            plane = frame.planes[0]
            rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
            yield rows[:, : frame.width].copy()


def cut(luma: Luma, area: Rect) -> NDArray[np.float32]:
    return luma[area.y : area.bottom, area.x : area.right].astype(np.float32)


def heard(path: Path) -> int:
    """Return how many samples of sound can be decoded."""
    with av.open(str(path)) as film:
        return sum(frame.samples for frame in film.decode(audio=0))


def boxes(path: Path) -> list[str]:
    """Return the names of the MP4's boxes in their order."""
    data, at, names = path.read_bytes(), 0, []
    while at < len(data):
        size, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8].decode("latin-1")
        names.append(name)
        at += int.from_bytes(data[at + 8 : at + 16]) if size == 1 else size
    return names
