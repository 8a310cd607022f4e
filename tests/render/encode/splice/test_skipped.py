"""What FFmpeg makes of skipped slices: pictures that stay as they were."""

import av
import numpy as np
import pytest
from av.codec.context import CodecContext
from av.video.frame import PictureType

from videos.render.encode.pictures import open_picture_encoder
from videos.render.encode.splice import nal
from videos.render.encode.splice.parameters import parse_parameter_sets
from videos.render.encode.splice.skipped import SKIP_QUANTISER, encode_skipped_slice
from videos.render.encode.splice.slices import SliceHeader, write_slice
from videos.render.paint.canvas import Canvas


@pytest.mark.parametrize(
    ("width", "height"), [(16, 16), (16, 32), (64, 64), (1280, 16), (1280, 720), (1080, 1920)]
)
def test_the_picture_stays_as_it_was(width: int, height: int) -> None:
    encoder = open_picture_encoder(width, height, 30)
    parameters = parse_parameter_sets(bytes(encoder.extradata or b""))
    decoder = CodecContext.create("h264", "r")
    decoder.extradata, decoder.options = encoder.extradata, {"err_detect": "explode"}
    canvas = Canvas(width, height)
    for plane in canvas.planes:
        plane[:] = np.random.default_rng(1).integers(16, 235, plane.shape)
    canvas.frame.pict_type, canvas.frame.pts = PictureType.I, 0
    stream = b"".join(map(bytes, encoder.encode(canvas.frame)))
    payload = encode_skipped_slice(-(-width // 16) * -(-height // 16))
    assert len(payload) < 40
    frames = decoder.decode(av.Packet(stream))
    for frame in range(1, 20):
        header = SliceHeader(False, 0, frame % 16, quantiser=SKIP_QUANTISER - parameters.quantiser)
        packet = av.Packet(nal.join_units([write_slice(header, payload, parameters)]))
        frames += decoder.decode(packet)
    frames += decoder.decode(None)
    first = frames[0].to_ndarray()
    assert len(frames) == 20
    assert all((frame.to_ndarray() == first).all() for frame in frames)
