"""Paints and writes a Canvas: the silent, endless loop that Spotify shows while a song plays.

By the rules that Spotify publishes (support.spotify.com/artists/article/canvas-guidelines) it is an
MP4 of 3 to 8 seconds, 9:16, with no words, no lyrics, no cuts and nothing that flashes. The cover
fills the picture. The camera comes nearer and goes back ("rebound"), slowest at the ends, so that
nobody sees where the loop begins.
"""

from collections.abc import Iterator
from math import cos, pi
from pathlib import Path

import numpy as np
from av.video.frame import PictureType
from PIL import Image

from videos.render.clips.clip import CANVAS_SECONDS
from videos.render.encode.mp4 import Mp4Writer, wrap_pictures
from videos.render.encode.pictures import EncodedPicture, EncoderSettings, open_picture_encoder
from videos.render.encode.tags import make_tags
from videos.render.paint.canvas import Canvas
from videos.render.paint.cover_file import crop_cover, load_cover, scale_cover
from videos.render.paint.generated_cover import generate_cover
from videos.render.paint.palette import extract_palette, tone
from videos.render.paint.yuv import Yuv, to_yuv
from videos.render.scene import Scene

CANVAS_FPS = 30
CANVAS_SIZE = 1080, 1920
ZOOM = 0.08  # the share of the picture that is cut off, in all, where the camera is nearest
# Everything moves a little in each frame: motion is searched roughly, and the quantiser is finer,
# since no frame stays long enough to become better.
CANVAS_SETTINGS = EncoderSettings("subme=1:analyse=none:no-psy=1", finer=3)


class CanvasPainter:
    """Paints any frame of a Canvas, of which there are ``frames``."""

    frames = round(CANVAS_SECONDS * CANVAS_FPS)

    def __init__(self, scene: Scene, size: tuple[int, int] = CANVAS_SIZE) -> None:
        """Prepare the cover for pictures of this ``size``. Raises CoverError if it is unusable."""
        side = max(size)
        picture = (
            load_cover(scene.cover, side)
            if scene.cover
            else generate_cover(scene.title, side, scene.genre)
        )
        cover = scale_cover(picture, *size)
        palette = extract_palette(cover, scene.title)
        pixels = tone(np.asarray(crop_cover(cover, *size), np.float32), palette)
        self._planes = [Image.fromarray(plane) for plane in to_yuv(pixels.clip(0, 255))]
        self.canvas = Canvas(*size)

    def paint(self, index: int) -> None:
        """Paint frame ``index`` on the canvas; the first and the last one are the same."""
        near = (1 - cos(2 * pi * index / (self.frames - 1))) / 2
        margin = ZOOM / 2 * near
        planes = []
        for plane in self._planes:
            width, height = plane.size
            box = (width * margin, height * margin, width * (1 - margin), height * (1 - margin))
            zoomed = plane.resize(plane.size, Image.Resampling.BILINEAR, box)
            planes.append(np.asarray(zoomed))
        self.canvas.paste(0, 0, Yuv(*planes))

    def paint_image_at(self, seconds: float) -> Image.Image:
        """Paint the frame at a time, or the nearest one, and return it in RGB."""
        return self.paint_image(min(max(0, round(seconds * CANVAS_FPS)), self.frames - 1))

    def paint_image(self, index: int) -> Image.Image:
        """Paint frame ``index`` and return it in RGB."""
        self.paint(index)
        return self.canvas.to_image()


def write_canvas(painter: CanvasPainter, path: Path, scene: Scene) -> Iterator[int]:
    """Write the Canvas of ``scene`` to ``path``, an MP4; yield the number of frames done so far.

    Raises OSError and ``av.FFmpegError`` where it cannot be written.
    """
    frame = painter.canvas.frame
    with Mp4Writer(path, make_tags(scene)) as mp4:
        stream = mp4.add_pictures(frame.width, frame.height, CANVAS_FPS, CANVAS_SETTINGS)
        mp4.start()
        done = 0
        for _ in mp4.write(wrap_pictures(_encode_pictures(painter), stream, CANVAS_FPS)):
            yield (done := done + 1)


def _encode_pictures(painter: CanvasPainter) -> Iterator[EncodedPicture]:
    """Yield the pictures. The last one is a key frame, which decodes to what the first one does."""
    frame = painter.canvas.frame
    encoder = open_picture_encoder(frame.width, frame.height, CANVAS_FPS, CANVAS_SETTINGS)
    for index in range(painter.frames):
        painter.paint(index)
        painter.canvas.pop_dirty_rects()
        is_key = index in {0, painter.frames - 1}
        frame.pts = index
        frame.pict_type = PictureType.I if is_key else PictureType.NONE
        for packet in encoder.encode(frame):
            yield EncodedPicture(index, is_key, bytes(packet))
