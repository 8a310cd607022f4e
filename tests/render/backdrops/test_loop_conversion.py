"""What becomes of videos that people upload, and the sentences for those that cannot be used."""

from pathlib import Path

import av
import numpy as np
import pytest

from tests.render.backdrops.videos import make_video, turn
from videos.render.backdrops.loop_conversion import SEAM, convert_loop
from videos.render.backdrops.loop_film import RATE, LoopFilm
from videos.render.errors import BackdropError
from videos.render.paint.canvas import read_planes


def convert(path: Path) -> LoopFilm:
    target = path.with_name("loop.mp4")
    convert_loop(path, target)
    return LoopFilm(target)


def luma(film: LoopFilm, number: int) -> np.ndarray:
    return read_planes(film.read(number)).y.astype(float)


def distance(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.abs(one - other).mean())


def test_a_loop_keeps_its_pictures_without_its_sound(tmp_path: Path) -> None:
    film = convert(make_video(tmp_path / "a.mp4", frames=30, with_sound=True))
    assert (film.size, film.frames) == ((128, 96), 30)
    with av.open(str(tmp_path / "loop.mp4")) as made:
        assert not made.streams.audio
        assert made.streams.video[0].average_rate == RATE
    assert distance(luma(film, 0), luma(film, 29)) < 12


def test_an_end_that_does_not_meet_the_start_is_dissolved(tmp_path: Path) -> None:
    def fade(number: int) -> np.ndarray:
        return np.full((96, 128, 3), 40 + 2 * number, np.uint8)

    film = convert(make_video(tmp_path / "a.mp4", frames=80, draw=fade))
    assert film.frames == 80 - SEAM
    means = [luma(film, number).mean() for number in range(film.frames)]
    jumps = np.abs(np.diff([*means, means[0]]))
    assert jumps.max() < 20  # from the end to the start it would be 137


@pytest.mark.parametrize(("rate", "frames"), [(24, 24), (25, 25), (60, 60), (15, 15)])
def test_every_rate_becomes_thirty(tmp_path: Path, rate: int, frames: int) -> None:
    film = convert(make_video(tmp_path / "a.mp4", rate=rate, frames=frames))
    assert abs(film.frames - RATE) <= 1


def test_frames_that_come_unevenly_are_shown_at_their_times(tmp_path: Path) -> None:
    times = [0.0, 0.5, 1.5, 1.55, 2.0]
    shades = [40, 60, 120, 140, 200]

    def draw(number: int) -> np.ndarray:
        return np.full((96, 128, 3), shades[number], np.uint8)

    video = make_video(tmp_path / "a.mp4", frames=5, times=times, draw=draw)
    film = convert(video)
    means = np.array([luma(film, number).mean() for number in range(film.frames)])
    assert (np.abs(means - (16 + 60 * 219 / 255)) < 3).sum() == RATE


@pytest.mark.parametrize(("quarters", "size"), [(1, (96, 128)), (2, (128, 96)), (3, (96, 128))])
def test_a_phone_s_film_stands_upright(tmp_path: Path, quarters: int, size) -> None:
    def draw(number: int) -> np.ndarray:
        pixels = np.full((96, 128, 3), 30, np.uint8)
        pixels[:16, :, :] = 220  # the upper edge as it was stored
        return pixels

    film = convert(turn(make_video(tmp_path / "a.mp4", draw=draw), quarters))
    assert film.size == size
    rows = luma(film, 0)
    bright = {
        1: rows[:, -12:], 2: rows[-12:], 3: rows[:, :12],
    }[quarters]  # fmt: skip
    assert bright.mean() > 150


def test_the_larger_side_is_reduced_and_a_webm_is_taken(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.webm", codec="libvpx-vp9", options={"deadline": "realtime"})
    assert convert(video).frames == 30


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("long.mp4", {"frames": 17, "rate": 1}, "lasts 17 s; a loop has at most 15 s"),
        ("large.mp4", {"size": (2048, 1152), "frames": 2}, "2,048 × 1,152 pixels; at most 1920"),
        ("fast.mp4", {"frames": 121, "rate": 120}, "pictures a second; at most 60"),
        ("short.mp4", {"frames": 1}, "hardly more than one picture"),
        ("hdr.mp4", {"curve": 16}, "in HDR"),
        ("hlg.mp4", {"curve": 18}, "in HDR"),
        ("sound.mp4", {"with_pictures": False, "with_sound": True}, "no moving picture"),
        ("other.mp4", {"codec": "mpeg2video"}, "coded as mpeg2video, which is not supported"),
    ],
)
def test_what_cannot_be_a_loop_is_refused_with_a_sentence(
    tmp_path: Path, name: str, arguments, sentence: str
) -> None:
    video = make_video(tmp_path / name, **arguments)
    with pytest.raises(BackdropError, match=sentence.replace("(", r"\(")):
        convert_loop(video, tmp_path / "loop.mp4")


def test_a_video_that_flashes_is_refused(tmp_path: Path) -> None:
    def flash(number: int) -> np.ndarray:
        return np.full((96, 128, 3), 230 if number // 3 % 2 else 10, np.uint8)  # 5 times a second

    with pytest.raises(BackdropError, match="flashes more than three times a second"):
        convert_loop(make_video(tmp_path / "a.mp4", frames=60, draw=flash), tmp_path / "loop.mp4")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no video that can be used"),
        (b"I am no video at all, only words." * 9, "no video that can be used"),
        (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2" + bytes(400), "damaged or not whole"),
        (b"\x1aE\xdf\xa3" + bytes(400), "damaged or not whole"),
    ],
)
def test_a_video_that_is_no_video_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "a.mp4").write_bytes(content)
    with pytest.raises(BackdropError, match=sentence):
        convert_loop(tmp_path / "a.mp4", tmp_path / "loop.mp4")


def test_a_file_that_breaks_off_is_refused_or_ends_there(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mp4", frames=60)
    video.write_bytes(video.read_bytes()[:1500])
    with pytest.raises(BackdropError, match="damaged or not whole"):
        convert_loop(video, tmp_path / "loop.mp4")
