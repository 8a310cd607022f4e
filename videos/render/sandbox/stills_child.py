"""The child process of ``StillRenderer``: ``python -m videos.render.sandbox.stills_child CACHE``.

It renders single frames.

A request is a line of JSON on the standard input. The response is a line of JSON, with an error or
with the number of bytes of the JPEG that follows it. The process exits at the end of the input, and
after ``IDLE_TIMEOUT`` without a request, to free its memory.
"""

import select
import sys
from io import BytesIO
from pathlib import Path
from tempfile import gettempdir
from typing import BinaryIO

from PIL import Image

from videos.render.audio.features import Analysis, make_placeholder_analysis
from videos.render.audio.info import MAX_SECONDS
from videos.render.clips.passage import cut_to_clip
from videos.render.errors import InputError
from videos.render.extras.looping_canvas import CanvasPainter
from videos.render.extras.thumbnail import draw_thumbnail
from videos.render.paint import Painter
from videos.render.sandbox.answers import encode_answer
from videos.render.sandbox.confinement import confine
from videos.render.sandbox.limits import Limits, allow_processor_time
from videos.render.sandbox.messages import StillRequest, decode_still_request

LIMITS = Limits(memory=1536, cpu_seconds=24 * 60 * 60, file_size=64)
FRAME_SECONDS = 10.0  # of processor time
JPEG_QUALITY = 74  # of a preview, for which a page waits
THUMBNAIL_QUALITY = 82  # of what is posted
IDLE_TIMEOUT = 300.0  # seconds
MAX_PLACEHOLDER_SECONDS = 900.0  # a vendor may report any duration for its song


def main(cache: str, requests: BinaryIO, responses: BinaryIO) -> None:
    """Answer requests until the input ends or none comes; read the analyses in ``cache``."""
    confine(LIMITS, readable=[Path(cache), Path(gettempdir())])
    while select.select([requests], [], [], IDLE_TIMEOUT)[0]:
        line = requests.readline()
        if not line:
            return
        allow_processor_time(FRAME_SECONDS)
        try:
            jpeg = render_still(decode_still_request(line.decode("ascii")))
            header: dict[str, object] = {"bytes": len(jpeg)}
        except InputError as error:
            jpeg, header = b"", {"error": str(error)}
        responses.write(encode_answer(header, jpeg))
        responses.flush()


def render_still(request: StillRequest) -> bytes:
    """Return the requested frame, or the nearest that the song has, as a JPEG.

    For a song whose analysis is not cached, the bars move by a placeholder. Raises InputError.
    """
    target = BytesIO()
    quality = THUMBNAIL_QUALITY if request.is_thumbnail else JPEG_QUALITY
    _paint(request).save(target, "JPEG", quality=quality)
    return target.getvalue()


def _paint(request: StillRequest) -> Image.Image:
    if request.is_thumbnail:
        return draw_thumbnail(request.scene)
    if request.scene.clip and request.scene.clip.is_canvas:
        return CanvasPainter(request.scene).paint_image_at(request.at)
    cached = request.cache.load_analysis(request.digest, request.scene.fps)
    song = cached or _placeholder_analysis(request)
    scene, analysis, _ = cut_to_clip(request.scene, song)
    index = min(max(0, round(request.at * scene.fps)), analysis.frames - 1)
    return Painter(scene, analysis, scene.fps).paint_image(index)


def _placeholder_analysis(request: StillRequest) -> Analysis:
    clip, seconds = request.scene.clip, min(request.duration, MAX_PLACEHOLDER_SECONDS)
    if clip and clip.start is not None:
        seconds = max(seconds, min(clip.start + clip.length, MAX_SECONDS))
    return make_placeholder_analysis(seconds, request.scene.fps)


if __name__ == "__main__":
    main(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer)
