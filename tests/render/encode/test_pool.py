"""The pool of processes that paint and encode a film."""

import os

import pytest

from tests.render.encode.splice.moving import FakePainter, get_bitstreams
from videos.render.encode.pictures import open_picture_encoder
from videos.render.encode.pool import EncoderPool
from videos.render.errors import RenderError
from videos.render.layout import Rect

FRAMES, FPS = 33, 2  # two groups


class Painter(FakePainter):
    """A painter of a film without fades."""

    fade_ranges = ()

    def __init__(self, dies_in_frame: int | None = None) -> None:
        super().__init__(96, 96, {Rect(0, 0, 96, 48): lambda index, pixels: pixels + 1})
        self.dies_in_frame, self.parent = dies_in_frame, os.getpid()

    def paint(self, index: int, without: object = None) -> None:
        if index == self.dies_in_frame and os.getpid() != self.parent:
            os._exit(7)
        super().paint(index)


def encode(processes: int, painter: Painter | None = None) -> list[bytes]:
    header = bytes(open_picture_encoder(96, 96, FPS).extradata or b"")
    with EncoderPool(painter or Painter(), FRAMES, FPS, header, processes) as pool:
        pictures = list(pool.encode_pictures(lambda: None))
        assert pool.fraction_done == 1
    assert [picture.number for picture in pictures] == list(range(FRAMES))
    return get_bitstreams(pictures)


def test_pictures_come_in_order_with_a_key_frame_for_each_group():
    assert len(encode(1)) == FRAMES


def test_workers_encode_all_pictures_too():
    assert len(encode(2)) == FRAMES


def test_a_worker_that_dies_is_an_error():
    with pytest.raises(RenderError, match="ended too soon, with 7"):
        encode(2, Painter(dies_in_frame=25))


def test_waiting_can_be_interrupted():
    def stop() -> None:
        raise InterruptedError

    header = bytes(open_picture_encoder(96, 96, FPS).extradata or b"")
    pool = EncoderPool(Painter(), FRAMES, FPS, header, 2)
    with pool, pytest.raises(InterruptedError):
        list(pool.encode_pictures(stop))
