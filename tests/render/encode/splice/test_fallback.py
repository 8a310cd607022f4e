"""When x264 makes what cannot be spliced, the film is made of whole frames."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.pairwise import one_in
from tests.render.encode.splice.moving import FakePainter, decode_packets, get_bitstreams
from tests.render.films import count_samples, read_lumas
from tests.render.samples import lines, music, scene, write_song
from videos.render.encode.pictures import X264_OPTIONS, EncodedPicture, open_picture_encoder
from videos.render.encode.splice import FallbackEncoder, Group, Splicer
from videos.render.encode.splice.parameters import SpliceError
from videos.render.film import render
from videos.render.layout import Rect

MIN_PSNR = 36.0  # decibels, of whole frames to spliced ones

# What another build or version of x264 might do: several slices a frame, none at once, no CABAC,
# several references.
SURPRISES = ["slices=4", "threads=3", "cabac=0", "ref=3"]


def set_pixels(index: int, pixels: np.ndarray) -> np.ndarray:
    return np.full_like(pixels, 40 + index * 5 % 160)


def make_painter() -> FakePainter:
    return FakePainter(320, 240, {Rect(32, 96, 128, 64): set_pixels})


def header() -> bytes:
    return bytes(open_picture_encoder(320, 240, 30).extradata or b"")


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    error = np.mean((one.astype(np.float32) - other) ** 2)
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


class Surprised:
    """A splicer whose x264 is a surprise from the picture ``at`` of a group on."""

    def __init__(self, painter: FakePainter, at: int) -> None:
        self.splicer, self.at = Splicer(painter, 30, header()), at

    def encode_group(self, group: Group) -> Iterator[EncodedPicture]:
        for position, picture in enumerate(self.splicer.encode_group(group)):
            if position == self.at:
                raise SpliceError("two slices")
            yield picture


@pytest.mark.parametrize("at", [0, 1, 2, 11])
@pytest.mark.parametrize("number", [0, 1])
def test_the_rest_of_a_group_is_encoded_in_whole_frames(
    at: int, number: int, caplog: pytest.LogCaptureFixture
) -> None:
    painter = make_painter()
    encoder = FallbackEncoder(painter, 30, header(), lambda *_: Surprised(painter, at))
    groups = [Group(number, range(12), False), Group(number + 1, range(12, 24), True)]
    pictures = [picture for group in groups for picture in encoder.encode_group(group)]
    assert [picture.number for picture in pictures] == list(range(24))
    assert {0, at, 12} == {picture.number for picture in pictures if picture.is_key}
    decoded = list(decode_packets(header(), get_bitstreams(pictures)))
    assert len(decoded) == 24
    reference = make_painter()
    for index, planes in enumerate(decoded):
        reference.paint(index)
        assert psnr(planes[0], reference.canvas.planes[0]) > MIN_PSNR
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "whole frames, which takes longer: two slices" in caplog.text


def test_without_a_surprise_the_splicer_does_it_all(caplog: pytest.LogCaptureFixture) -> None:
    group = Group(0, range(12), False)
    encoder = FallbackEncoder(make_painter(), 30, header())
    spliced = Splicer(make_painter(), 30, header())
    assert list(encoder.encode_group(group)) == list(spliced.encode_group(group))
    assert not caplog.records


@pytest.mark.parametrize("surprise", one_in(2, SURPRISES))
def test_whatever_x264_does_there_is_a_film(
    surprise: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    film_scene = scene(write_song(tmp_path / "song.mp3", music(2)), lyrics=lines(2))
    spliced = render(film_scene, tmp_path / "spliced.mp4", processes=1)
    assert not caplog.records
    params = f"{X264_OPTIONS['x264-params']}:{surprise}"
    monkeypatch.setitem(X264_OPTIONS, "x264-params", params)
    film = render(film_scene, tmp_path / "whole.mp4", processes=1)
    assert len(caplog.records) == 1
    assert (film.width, film.height, film.duration) == (
        spliced.width, spliced.height, spliced.duration
    )  # fmt: skip
    assert count_samples(film.path) == count_samples(spliced.path)
    pairs = zip(read_lumas(spliced.path), read_lumas(film.path), strict=True)
    assert min(psnr(one, other) for one, other in pairs) > MIN_PSNR
