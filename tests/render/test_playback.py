"""A film plays everywhere: what other decoders than our own tests' make of it."""

import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from av.bitstream import BitStreamFilterContext
from av.logging import WARNING, Capture, get_level, set_level

from tests.render import openh264
from tests.render.films import boxes, lumas
from tests.render.samples import lines, music, scene, song
from tests.requirements import needs
from videos.render.encode.splice import nal
from videos.render.film import render
from videos.render.scene import Look, VideoFormat

OF_COVERS = "stream 0, timescale not set"
"""What FFmpeg says of any MP4 with a cover: its demuxer gives that stream no time."""

FFMPEG = shutil.which("ffmpeg")

LEVELS = {(720, 30): 31, (720, 60): 32, (1080, 30): 40, (1080, 60): 42}
"""The levels of H.264 that these sizes need (table A-1): any higher, and a player may decline."""


@pytest.fixture(scope="module", params=list(Look))
def looked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Render a film of 11 seconds of a look, by two processes."""
    folder = tmp_path_factory.mktemp("played")
    wanted = scene(song(folder / "song.mp3", music(11)), lyrics=lines(6), form=VideoFormat.TALL)
    wanted = replace(wanted, look=request.param)
    return render(wanted, folder / "film.mp4", processes=2).path


def units(path: Path) -> list[list[bytes]]:
    """Return the units of each picture of a film, parameter sets before key frames."""
    return [list(nal.units(packet)) for packet in packets(path)]


def packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        converter = BitStreamFilterContext("h264_mp4toannexb", stream)
        found = [packet for packet in film.demux(stream) if packet.size]
        return [bytes(out) for packet in found for out in converter.filter(packet)]


@pytest.mark.parametrize("threads", [1, 4])
def test_pyav_has_nothing_to_complain_of(looked: Path, threads: int) -> None:
    level = get_level()
    set_level(WARNING)
    try:
        with Capture() as complaints, av.open(str(looked)) as film:
            film.streams.video[0].thread_type = "AUTO"
            film.streams.video[0].codec_context.thread_count = threads
            count = sum(1 for _ in film.decode(video=0))
    finally:
        set_level(level)
    assert [text for _, _, text in complaints if OF_COVERS not in text] == []
    assert count == pytest.approx(330, abs=2)


def test_threads_and_none_see_the_same(looked: Path) -> None:
    with av.open(str(looked)) as film:
        film.streams.video[0].thread_type = "AUTO"
        film.streams.video[0].codec_context.thread_count = 4
        for frame, luma in zip(film.decode(video=0), lumas(looked), strict=True):
            assert (frame.to_ndarray()[: frame.height] == luma).all()


def test_the_ffmpeg_program_has_nothing_to_complain_of(looked: Path) -> None:
    needs(FFMPEG, "the ffmpeg program")
    words = [FFMPEG, "-v", "warning", "-err_detect", "explode", "-xerror", "-i", str(looked)]
    words += ["-f", "null", "-"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert [line for line in done.stderr.splitlines() if OF_COVERS not in line] == []


def test_a_decoder_of_another_house_sees_the_same(looked: Path) -> None:
    needs(openh264.LIBRARY, "libopenh264")
    for planes, luma in zip(openh264.decode(packets(looked)), lumas(looked), strict=True):
        assert (planes[0] == luma).all()


def test_seeking_to_any_second_shows_its_frame(looked: Path) -> None:
    every = list(lumas(looked))
    with av.open(str(looked)) as film:
        stream = film.streams.video[0]
        for second in (9, 0, 10, 3, 7):
            film.seek(round(second / stream.time_base), stream=stream)
            frame = next(each for each in film.decode(stream) if each.time >= second - 1e-6)
            assert (frame.to_ndarray()[: frame.height] == every[30 * second]).all()


def test_groups_are_closed_and_last_ten_seconds_at_most(looked: Path) -> None:
    pictures = units(looked)
    keys = [
        number
        for number, picture in enumerate(pictures)
        if any(nal.kind(unit) == nal.KEY_SLICE for unit in picture)
    ]
    assert keys[0] == 0
    assert max(after - before for before, after in pairwise([*keys, len(pictures)])) <= 300
    for number in keys:  # each of its slices is one of a key frame: nothing refers over it
        kinds = {nal.kind(unit) for unit in pictures[number]}
        assert kinds == {nal.SEQUENCE, nal.PICTURE, nal.KEY_SLICE}


def test_there_is_one_set_of_parameters_and_it_is_in_the_header(looked: Path) -> None:
    sets = {
        unit
        for picture in units(looked)
        for unit in picture
        if nal.kind(unit) in (nal.SEQUENCE, nal.PICTURE)
    }
    assert len(sets) == 2
    assert b"avc1" in looked.read_bytes()[:4096]
    assert boxes(looked).index("moov") < boxes(looked).index("mdat")


@pytest.mark.parametrize(("resolution", "fps"), LEVELS)
@pytest.mark.parametrize("form", list(VideoFormat))
def test_sizes_are_even_and_the_level_is_right(
    tmp_path: Path, form: VideoFormat, resolution: int, fps: int
) -> None:
    wanted = scene(song(tmp_path / "song.mp3", music(0.3)), form=form)
    wanted = replace(wanted, resolution=resolution, fps=fps)
    film = render(wanted, tmp_path / "film.mp4", processes=1)
    assert (film.width % 2, film.height % 2) == (0, 0)
    with av.open(str(film.path)) as container:
        picture = container.streams.video[0].codec_context
        assert (picture.profile, picture.width, picture.height) == ("High", *wanted.size)
        assert 30 <= picture.extradata[3] <= LEVELS[resolution, fps]
        assert container.streams.video[0].average_rate == fps
    frames = np.array([luma.shape for luma in lumas(film.path)])
    assert (frames == (film.height, film.width)).all()
