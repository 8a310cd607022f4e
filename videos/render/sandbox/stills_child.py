"""What runs in the process that `darkroom.Darkroom` keeps warm: it draws single frames.

An order is a line of JSON on the standard input; the answer is a line of JSON with the number of
bytes that follow it, a JPEG, or with what is wrong. The end of the input ends the process, and so
does a while without an order, to give the memory back.
"""

import json
import select
import sys
from io import BytesIO
from typing import BinaryIO

from videos.render.audio.analysis import Analysis, imagined
from videos.render.errors import CoverError
from videos.render.paint import Painter
from videos.render.sandbox.messages import StillOrder, read_still_order

QUALITY = 82
IDLE = 300.0  # seconds
LONGEST_IMAGINED = 900.0  # seconds: a vendor may say of its song what it likes


def main(orders: BinaryIO, answers: BinaryIO) -> None:
    """Answer orders until there are none any more."""
    while select.select([orders], [], [], IDLE)[0]:
        line = orders.readline()
        if not line:
            return
        try:
            jpeg = drawn(read_still_order(line.decode("ascii")))
            told: dict[str, object] = {"bytes": len(jpeg)}
        except CoverError as error:
            jpeg, told = b"", {"error": str(error)}
        answers.write(json.dumps(told).encode("ascii") + b"\n" + jpeg)
        answers.flush()


def drawn(order: StillOrder) -> bytes:
    """Return the frame that was asked for, or the nearest there is, as a JPEG.

    Where nothing was heard in the song yet, the bars dance to an imagined one. Raises CoverError.
    """
    scene = order.scene
    analysis = order.memory.analysis(order.digest, scene.fps) or _imagined(order)
    index = min(max(0, round(order.at * scene.fps)), analysis.frames - 1)
    target = BytesIO()
    picture = Painter(scene, analysis, scene.fps).picture(index)
    picture.save(target, "JPEG", quality=QUALITY)
    return target.getvalue()


def _imagined(order: StillOrder) -> Analysis:
    return imagined(min(order.duration, LONGEST_IMAGINED), order.scene.fps)


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
