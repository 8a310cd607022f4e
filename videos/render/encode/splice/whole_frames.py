"""The plain sibling of the splicer: it encodes whole frames, whatever x264 makes of them."""

from collections.abc import Iterator

from av.video.frame import PictureType

from videos.render.encode.pictures import EncodedPacket, EncodedPicture, open_picture_encoder
from videos.render.encode.splice.groups import Group
from videos.render.errors import RenderError
from videos.render.paint import Painter


class WholeFrameEncoder:
    """Encodes groups of pictures of a film. The result does not depend on what was encoded before.

    It looks at nothing that x264 writes, so that no version of it can be a surprise. A film may
    have groups of the splicer beside groups of this encoder: the parameter sets are the same.
    """

    def __init__(self, painter: Painter, fps: int) -> None:
        self._painter = painter
        self._fps = fps

    def encode_group(self, group: Group, skip: int = 0) -> Iterator[EncodedPicture]:
        """Paint and encode the frames of a group but the first ``skip``, which are there already.

        The first one is a key frame. Raises RenderError if x264 does not encode each frame.
        """
        frame = self._painter.canvas.frame
        # All pictures have the settings to which the film's parameter sets belong, also in fades
        encoder = open_picture_encoder(frame.width, frame.height, self._fps)
        frames = group.frames[skip:]
        expected = iter(frames)
        # Of two key frames in a row, the numbers must differ; x264 counts 0, 1, 0, 1
        repeats = (group.number + bool(skip)) % 2
        for position in range(-repeats, len(frames)):
            if position or not repeats:
                self._painter.paint(frames[max(0, position)])
            frame.pts = position + repeats
            frame.pict_type = PictureType.I if position <= 0 else PictureType.NONE
            yield from self._name(encoder.encode(frame), frames, repeats, expected)
        yield from self._name(encoder.encode(None), frames, repeats, expected)
        if next(expected, None) is not None:
            raise RenderError("x264 left out a frame.")

    @staticmethod
    def _name(
        packets: list[EncodedPacket],
        frames: range,
        repeats: int,
        expected: Iterator[int],
    ) -> Iterator[EncodedPicture]:
        """Yield the pictures in ``packets``. Raises RenderError if their order is another."""
        for packet in packets:
            position = (packet.pts or 0) - repeats
            if position < 0:
                continue
            number = frames[position]
            if number != next(expected, None):
                raise RenderError("x264 changed the order of the frames.")
            yield EncodedPicture(number, packet.is_keyframe, bytes(packet))
