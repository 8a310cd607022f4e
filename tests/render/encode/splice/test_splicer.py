from collections.abc import Callable

import numpy as np
import pytest
from av.packet import Packet

from tests.pairwise import one_in
from tests.render.encode.splice.moving import (
    FakePainter,
    Motion,
    copy_parts,
    decode_packets,
    get_bitstreams,
)
from videos.render.encode.pictures import EncoderSettings, open_picture_encoder
from videos.render.encode.splice import Group, Splicer, band_encoder, nal, split_into_groups
from videos.render.errors import RenderError
from videos.render.layout import Rect


class RecordingEncoder:
    """An encoder that records the bitstream of one band, before its slices are rewritten."""

    def __init__(self, width: int, height: int, fps: int, settings: EncoderSettings) -> None:
        self._encoder = open_picture_encoder(width, height, fps, settings)
        self.extradata = bytes(self._encoder.extradata or b"")
        self.bitstreams: list[bytes] = []

    def encode(self, frame) -> list[Packet]:
        packets = self._encoder.encode(frame)
        self.bitstreams.append(b"".join(map(bytes, packets)))
        return packets


@pytest.fixture
def recorders(monkeypatch: pytest.MonkeyPatch) -> list[RecordingEncoder]:
    encoders: list[RecordingEncoder] = []

    def open_recorder(
        width: int, height: int, fps: int, settings: EncoderSettings
    ) -> RecordingEncoder:
        encoders.append(RecordingEncoder(width, height, fps, settings))
        return encoders[-1]

    monkeypatch.setattr(band_encoder, "open_picture_encoder", open_recorder)
    return encoders


def header(width: int = 1280, height: int = 720, fps: int = 30) -> bytes:
    return bytes(open_picture_encoder(width, height, fps).extradata or b"")


def scroll(by: int) -> Motion:
    return lambda index, pixels: np.roll(pixels, by, axis=0)


def make_noise(index: int, pixels: np.ndarray) -> np.ndarray:
    random = np.random.default_rng(index)
    return random.integers(16, 235, pixels.shape, np.uint8)


def make_jump(index: int, pixels: np.ndarray) -> np.ndarray:
    """Return a box on a flat ground that falls in large steps and starts anew."""
    result = np.full_like(pixels, 40)
    top = index * 11 % max(1, len(pixels) - 20)
    result[top : top + 20, 30:90] = 200
    return result


def move_sometimes(motion: Motion) -> Motion:
    return lambda index, pixels: motion(index, pixels) if index % 20 < 5 else None


def check_bands(
    splicer: Splicer, recorders: list[RecordingEncoder], groups: list[Group], film: bytes
) -> None:
    """Decode the film and each band's own stream: every pixel of every frame is the same."""
    counts: list[list[int]] = []
    pictures: list[bytes] = []
    for group in groups:
        for picture in splicer.encode_group(group):
            pictures.append(picture.data)
            counts.append([len(recorder.bitstreams) for recorder in recorders])
    film_frames = list(decode_packets(film, pictures))
    assert len(film_frames) == len(pictures)
    for number, (recorder, band) in enumerate(zip(recorders, splicer.bands, strict=True)):
        own_frames = list(decode_packets(recorder.extradata, recorder.bitstreams))
        assert len(own_frames) == len(recorder.bitstreams)
        for frame, planes in enumerate(film_frames):
            area = Rect(0, band.top, planes[0].shape[1], band.bottom - band.top)
            film_pixels = copy_parts(planes, area)
            band_pixels = own_frames[counts[frame][number] - 1]
            for one, other in zip(film_pixels, band_pixels, strict=True):
                assert (one == other).all(), f"frame {frame}, rows {band.top} to {band.bottom}"


MOTIONS: dict[str, Callable[[], Motion]] = {
    **{f"scrolls by {by}": lambda by=by: scroll(by) for by in (1, 3, 6, -2, -7)},
    "noise": lambda: make_noise,
    "jumps": lambda: make_jump,
}


@pytest.mark.parametrize("name", one_in(3, MOTIONS))
@pytest.mark.parametrize(("size", "in_place"), [((320, 720), False), ((202, 1080), True)])
def test_a_film_of_bands_decodes_to_what_each_band_decodes_to(
    recorders: list[RecordingEncoder], name: str, size: tuple[int, int], in_place: bool
) -> None:
    width, height = size
    motion = MOTIONS[name]()
    parts = {
        Rect(32, 176, 128, 192): move_sometimes(motion),  # like lyrics
        Rect(16, 432, 160, 128): motion,
        Rect(16, 624, 160, 24): move_sometimes(make_noise),
    }
    splicer = Splicer(FakePainter(width, height, parts, in_place), 30, header(width, height))
    assert len(splicer.bands) == 5
    check_bands(splicer, recorders, split_into_groups(330, (), 300), header(width, height))
    assert len(recorders[0].bitstreams) == 2  # nothing moves at the top: two key frames
    assert 80 < len(recorders[1].bitstreams) < 100
    assert len(recorders[2].bitstreams) == 330


def test_where_everything_moves_there_is_one_band(recorders: list[RecordingEncoder]) -> None:
    painter = FakePainter(320, 240, {Rect(0, 0, 320, 240): make_noise})
    splicer = Splicer(painter, 30, header(320, 240))
    assert len(splicer.bands) == 1
    check_bands(splicer, recorders, split_into_groups(40, (), 300), header(320, 240))


def test_what_is_painted_anew_as_it_was_is_not_encoded(recorders: list[RecordingEncoder]) -> None:
    painter = FakePainter(320, 240, {Rect(32, 100, 200, 60): lambda index, pixels: pixels})
    pictures = get_bitstreams(
        Splicer(painter, 30, header(320, 240)).encode_group(Group(0, range(100), False))
    )
    assert [len(recorder.bitstreams) for recorder in recorders] == [1, 1, 1]
    assert max(map(len, pictures[1:])) < 80


def test_a_change_of_one_pixel_is_seen(recorders: list[RecordingEncoder]) -> None:
    def blink(index: int, pixels: np.ndarray) -> np.ndarray:
        pixels[9, 9] = 16 if index % 2 else 235
        return pixels

    painter = FakePainter(320, 240, {Rect(32, 100, 200, 60): blink})
    splicer = Splicer(painter, 30, header(320, 240))
    check_bands(splicer, recorders, split_into_groups(40, (), 300), header(320, 240))
    assert len(recorders[1].bitstreams) == 40


def test_groups_come_out_the_same_in_any_order() -> None:
    parts = {
        Rect(32, 96, 128, 64): move_sometimes(make_jump),
        Rect(32, 192, 128, 16): move_sometimes(make_noise),
    }
    one = Splicer(FakePainter(320, 240, parts), 30, header(320, 240))
    other = Splicer(FakePainter(320, 240, parts), 30, header(320, 240))
    first, second = split_into_groups(360, (), 300)
    in_order = get_bitstreams(one.encode_group(first)) + get_bitstreams(one.encode_group(second))
    second_data = get_bitstreams(other.encode_group(second))
    assert get_bitstreams(other.encode_group(first)) + second_data == in_order


def test_parameters_of_another_kind_are_refused() -> None:
    painter = FakePainter(320, 240, {})
    with pytest.raises(RenderError, match="cannot be read"):
        Splicer(painter, 30, b"no header")


def test_where_all_changes_for_a_while_it_is_encoded_as_one(
    recorders: list[RecordingEncoder],
) -> None:
    splicer = Splicer(
        FakePainter(320, 240, {Rect(32, 100, 200, 60): make_noise}), 30, header(320, 240)
    )
    pictures = get_bitstreams(splicer.encode_group(Group(0, range(10), True)))
    assert [len(recorder.bitstreams) for recorder in recorders] == [0, 0, 0, 10]
    pictures += get_bitstreams(splicer.encode_group(Group(1, range(10, 20), False)))
    film_pixels = list(decode_packets(header(320, 240), pictures))
    assert len(film_pixels) == 20
    own_frames = list(decode_packets(recorders[3].extradata, recorders[3].bitstreams))
    for one, other in zip(film_pixels[:10], own_frames, strict=True):
        assert all(
            (one_plane == other_plane).all()
            for one_plane, other_plane in zip(one, other, strict=True)
        )
    assert [len(list(nal.split_units(picture))) for picture in pictures] == 10 * [1] + 10 * [3]


def test_pictures_know_their_place_and_key_frames_come_first() -> None:
    pictures = list(
        Splicer(FakePainter(64, 64, {}), 30, header(64, 64)).encode_group(
            Group(1, range(300, 320), False)
        )
    )
    assert [picture.number for picture in pictures] == list(range(300, 320))
    assert [picture.is_key for picture in pictures] == [True] + 19 * [False]
