"""Makes backdrops of the demo's cover, always the same: a looping video, and three pictures."""

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from benchmarks.material import COVER

LOOP_SECONDS, RATE = 8, 30
LOOP_SIZE = 1280, 720
PICTURE_SIZE = 1920, 1080


def make_backdrops(folder: Path) -> dict[str, tuple[Path, ...]]:
    """Return the files of each kind of backdrop, by what tables call it."""
    return {"a loop": (_make_loop(folder),), "three pictures": _make_pictures(folder)}


def _make_loop(folder: Path) -> Path:
    path = folder / "backdrop.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"crf": "20"})
        stream.width, stream.height = LOOP_SIZE
        stream.pix_fmt = "yuv420p"
        for pixels in _frames():
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels)))
        container.mux(stream.encode(None))
    return path


def _frames() -> Iterator[NDArray[np.uint8]]:
    """Yield a camera that circles over the cover, and comes back to where it began."""
    width, height = LOOP_SIZE
    side = width * 5 // 4
    with Image.open(COVER) as cover:
        large = np.asarray(cover.convert("RGB").resize((side, side)))
    for turn in np.linspace(0, 2 * np.pi, LOOP_SECONDS * RATE, endpoint=False):
        x, y = round((side - width) * (1 + np.sin(turn)) / 2), round(90 * (1 + np.cos(turn)))
        yield np.ascontiguousarray(large[y : y + height, x : x + width])


def _make_pictures(folder: Path) -> tuple[Path, ...]:
    paths = tuple(folder / f"backdrop-{number}.jpg" for number in range(3))
    with Image.open(COVER) as cover:
        for number, path in enumerate(paths):
            turned = cover.convert("RGB").rotate(90 * number)
            ImageOps.fit(turned, PICTURE_SIZE).save(path, quality=90)
    return paths
