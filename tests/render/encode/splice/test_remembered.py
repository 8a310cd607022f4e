"""Slices that are used again are those that would be encoded again, bit by bit."""

import hashlib
from pathlib import Path

import pytest

from tests.render.backdrops.videos import make_video
from tests.render.encode.splice.moving import decode_packets
from tests.render.encode.splice.test_splicer import header
from tests.render.openh264 import LIBRARY, decode
from tests.render.paint.factories import make_painter
from tests.render.samples import lines
from videos.render.backdrops.loop_conversion import convert_loop
from videos.render.encode.splice import Group, Splicer, remember_round, split_into_groups
from videos.render.options import FPS, Look, VideoFormat
from videos.render.paint import Painter

MAX_FRAMES = 36
SECONDS = 5


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loop")
    convert_loop(make_video(folder / "a.mp4", frames=24), folder / "loop.mp4")
    return folder / "loop.mp4"


def open_painter(video: Path, look: Look = Look.STAGE) -> Painter:
    return make_painter(VideoFormat.SQUARE, lines(2), look=look, seconds=SECONDS, backdrop=(video,))


def encode(video: Path, is_remembered: bool, max_frames: int = MAX_FRAMES) -> list[bytes]:
    """Return the pictures of a film; the processor encodes its backdrop once, or always."""
    painter = open_painter(video)
    frames, film_header = round(SECONDS * FPS), header(720, 720)
    groups = split_into_groups(frames, painter.fade_ranges, max_frames, period=painter.period)
    backdrop = None
    if is_remembered:
        backdrop = remember_round(painter, FPS, film_header, groups, max_frames, lambda: None)
        assert backdrop
    splicer = Splicer(painter, FPS, film_header, backdrop)
    return [picture.data for group in groups for picture in splicer.encode_group(group)]


@pytest.mark.parametrize("max_frames", [MAX_FRAMES, 12])
def test_live_and_remembered_slices_are_the_same(video: Path, max_frames: int) -> None:
    live, remembered = (encode(video, each, max_frames) for each in (False, True))
    assert remembered == live
    frames = list(decode_packets(header(720, 720), remembered))
    assert len(frames) == SECONDS * FPS


@pytest.mark.nightly
@pytest.mark.skipif(LIBRARY is None, reason="libopenh264 is not installed")
def test_another_decoder_sees_the_same(video: Path) -> None:
    film_header, digests = header(720, 720), []
    for pictures in (encode(video, False), encode(video, True)):
        for decoded in (decode_packets(film_header, pictures), decode([film_header, *pictures])):
            digest = hashlib.md5(usedforsecurity=False)
            for planes in decoded:
                for plane in planes:
                    digest.update(plane.tobytes())
            digests.append(digest.hexdigest())
    assert len(set(digests)) == 1


def test_what_is_not_seen_twice_or_does_not_repeat_is_not_remembered(video: Path) -> None:
    painter = open_painter(video)
    groups = [Group(0, range(40), False)]
    film_header = header(720, 720)
    assert remember_round(painter, FPS, film_header, groups, 36, lambda: None) is None
    drift = open_painter(video, Look.DRIFT)
    groups = split_into_groups(150, (), 36)
    assert remember_round(drift, FPS, film_header, groups, 36, lambda: None) is None


def test_a_group_that_begins_elsewhere_is_encoded(video: Path) -> None:
    painter = open_painter(video)
    groups = split_into_groups(150, (), 36, period=painter.period)
    backdrop = remember_round(painter, FPS, header(720, 720), groups, 36, lambda: None)
    assert backdrop
    assert backdrop.has_group(groups[2])
    assert not backdrop.has_group(Group(1, range(7, 30), False))
    assert not backdrop.has_group(Group(0, range(24), True))
