from collections.abc import Callable

import numpy as np
import pytest
from av.packet import Packet

from tests.render.encode.splice.moving import Motion, Stage, datas, decoded, parts_of
from videos.render.encode.pictures import Manner, open_picture_encoder
from videos.render.encode.splice import Group, Splicer, band_encoder, groups_of, nal
from videos.render.errors import RenderError
from videos.render.layout import Rect


class Recorder:
    """An encoder that keeps what it made: the stream of one band, before anything is rewritten."""

    def __init__(self, width: int, height: int, fps: int, manner: Manner) -> None:
        self._encoder = open_picture_encoder(width, height, fps, manner)
        self.extradata = bytes(self._encoder.extradata or b"")
        self.made: list[bytes] = []

    def encode(self, frame) -> list[Packet]:
        packets = self._encoder.encode(frame)
        self.made.append(b"".join(map(bytes, packets)))
        return packets


@pytest.fixture
def recorders(monkeypatch: pytest.MonkeyPatch) -> list[Recorder]:
    made: list[Recorder] = []

    def opened(width: int, height: int, fps: int, manner: Manner) -> Recorder:
        made.append(Recorder(width, height, fps, manner))
        return made[-1]

    monkeypatch.setattr(band_encoder, "open_picture_encoder", opened)
    return made


def header(width: int = 1280, height: int = 720, fps: int = 30) -> bytes:
    return bytes(open_picture_encoder(width, height, fps).extradata or b"")


def scrolling(by: int) -> Motion:
    return lambda index, before: np.roll(before, by, axis=0)


def noisy(index: int, before: np.ndarray) -> np.ndarray:
    random = np.random.default_rng(index)
    return random.integers(16, 235, before.shape, np.uint8)


def jumping(index: int, before: np.ndarray) -> np.ndarray:
    """A box that falls on a flat ground, in great leaps, and starts anew."""
    after = np.full_like(before, 40)
    top = index * 11 % max(1, len(before) - 20)
    after[top : top + 20, 30:90] = 200
    return after


def sometimes(motion: Motion) -> Motion:
    return lambda index, before: motion(index, before) if index % 20 < 5 else None


def check_bands(
    splicer: Splicer, recorders: list[Recorder], groups: list[Group], film: bytes
) -> None:
    """Decode the film and each band's own stream: every pixel of every frame is the same."""
    counts: list[list[int]] = []
    pictures: list[bytes] = []
    for group in groups:
        for picture in splicer.pictures(group):
            pictures.append(picture.data)
            counts.append([len(recorder.made) for recorder in recorders])
    whole = list(decoded(film, pictures))
    assert len(whole) == len(pictures)
    for number, (recorder, band) in enumerate(zip(recorders, splicer.bands, strict=True)):
        alone = list(decoded(recorder.extradata, recorder.made))
        assert len(alone) == len(recorder.made)
        for frame, planes in enumerate(whole):
            area = Rect(0, band.top, planes[0].shape[1], band.bottom - band.top)
            shown = parts_of(planes, area)
            coded = alone[counts[frame][number] - 1]
            for one, other in zip(shown, coded, strict=True):
                assert (one == other).all(), f"frame {frame}, rows {band.top} to {band.bottom}"


MOTIONS: dict[str, Callable[[], Motion]] = {
    **{f"scrolls by {by}": lambda by=by: scrolling(by) for by in (1, 3, 6, -2, -7)},
    "noise": lambda: noisy,
    "jumps": lambda: jumping,
}


@pytest.mark.parametrize("name", MOTIONS)
@pytest.mark.parametrize(("size", "in_place"), [((320, 720), False), ((202, 1080), True)])
def test_a_film_of_bands_decodes_to_what_each_band_decodes_to(
    recorders: list[Recorder], name: str, size: tuple[int, int], in_place: bool
) -> None:
    width, height = size
    motion = MOTIONS[name]()
    parts = {
        Rect(32, 176, 128, 192): sometimes(motion),  # lyrics, so to say
        Rect(16, 432, 160, 128): motion,
        Rect(16, 624, 160, 24): sometimes(noisy),
    }
    splicer = Splicer(Stage(width, height, parts, in_place), 30, header(width, height))
    assert len(splicer.bands) == 5
    check_bands(splicer, recorders, groups_of(330, (), 300), header(width, height))
    assert len(recorders[0].made) == 2  # nothing moves at the top: two key frames
    assert 80 < len(recorders[1].made) < 100
    assert len(recorders[2].made) == 330


def test_where_everything_moves_there_is_one_band(recorders: list[Recorder]) -> None:
    stage = Stage(320, 240, {Rect(0, 0, 320, 240): noisy})
    splicer = Splicer(stage, 30, header(320, 240))
    assert len(splicer.bands) == 1
    check_bands(splicer, recorders, groups_of(40, (), 300), header(320, 240))


def test_what_is_painted_anew_as_it_was_is_not_encoded(recorders: list[Recorder]) -> None:
    stage = Stage(320, 240, {Rect(32, 100, 200, 60): lambda index, before: before})
    pictures = datas(Splicer(stage, 30, header(320, 240)).pictures(Group(0, range(100), False)))
    assert [len(recorder.made) for recorder in recorders] == [1, 1, 1]
    assert max(map(len, pictures[1:])) < 80


def test_a_change_of_one_pixel_is_seen(recorders: list[Recorder]) -> None:
    def blinking(index: int, before: np.ndarray) -> np.ndarray:
        before[9, 9] = 16 if index % 2 else 235
        return before

    stage = Stage(320, 240, {Rect(32, 100, 200, 60): blinking})
    splicer = Splicer(stage, 30, header(320, 240))
    check_bands(splicer, recorders, groups_of(40, (), 300), header(320, 240))
    assert len(recorders[1].made) == 40


def test_groups_come_out_the_same_in_any_order() -> None:
    parts = {Rect(32, 96, 128, 64): sometimes(jumping), Rect(32, 192, 128, 16): sometimes(noisy)}
    one = Splicer(Stage(320, 240, parts), 30, header(320, 240))
    other = Splicer(Stage(320, 240, parts), 30, header(320, 240))
    first, second = groups_of(360, (), 300)
    in_order = datas(one.pictures(first)) + datas(one.pictures(second))
    later = datas(other.pictures(second))
    assert datas(other.pictures(first)) + later == in_order


def test_parameters_of_another_kind_are_refused() -> None:
    stage = Stage(320, 240, {})
    with pytest.raises(RenderError, match="cannot be read"):
        Splicer(stage, 30, b"no header")


def test_where_all_changes_for_a_while_it_is_encoded_as_one(recorders: list[Recorder]) -> None:
    splicer = Splicer(Stage(320, 240, {Rect(32, 100, 200, 60): noisy}), 30, header(320, 240))
    pictures = datas(splicer.pictures(Group(0, range(10), True)))
    assert [len(recorder.made) for recorder in recorders] == [0, 0, 0, 10]
    pictures += datas(splicer.pictures(Group(1, range(10, 20), False)))
    shown = list(decoded(header(320, 240), pictures))
    assert len(shown) == 20
    alone = list(decoded(recorders[3].extradata, recorders[3].made))
    for one, other in zip(shown[:10], alone, strict=True):
        assert all((mine == theirs).all() for mine, theirs in zip(one, other, strict=True))
    assert [len(list(nal.units(picture))) for picture in pictures] == 10 * [1] + 10 * [3]


def test_pictures_know_their_place_and_key_frames_come_first() -> None:
    pictures = list(
        Splicer(Stage(64, 64, {}), 30, header(64, 64)).pictures(Group(1, range(300, 320), False))
    )
    assert [picture.number for picture in pictures] == list(range(300, 320))
    assert [picture.is_key for picture in pictures] == [True] + 19 * [False]
