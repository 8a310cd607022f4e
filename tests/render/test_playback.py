"""Films play everywhere: several decoders decode them without errors, and alike."""

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

from tests.pairwise import at_night
from tests.render import openh264
from tests.render.films import read_boxes, read_lumas
from tests.render.samples import lines, music, scene, write_song
from tests.requirements import require
from videos.render.encode.splice import nal
from videos.render.film import render
from videos.render.options import Look, VideoFormat

# The warning of FFmpeg for any MP4 with a cover: its demuxer gives that stream no time base.
COVER_WARNING = "stream 0, timescale not set"

FFMPEG = shutil.which("ffmpeg")

# The levels of H.264 that these sizes need (table A-1): a player may refuse any higher one.
LEVELS = {(720, 30): 31, (720, 60): 32, (1080, 30): 40, (1080, 60): 42}
LARGE_LEVELS = {(1440, 30): 50, (1440, 60): 51, (2160, 30): 51, (2160, 60): 52}


@pytest.fixture(scope="module", params=[Look.GLOW, *at_night([Look.ORBIT, Look.WAVE])])
def film(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Render a film of 11 seconds of a look, by two processes."""
    folder = tmp_path_factory.mktemp("played")
    film_scene = scene(
        write_song(folder / "song.mp3", music(11)), lyrics=lines(6), form=VideoFormat.TALL
    )
    film_scene = replace(film_scene, look=request.param)
    return render(film_scene, folder / "film.mp4", processes=2).path


def read_units(path: Path) -> list[list[bytes]]:
    """Return the units of each picture of a film, parameter sets before key frames."""
    return [list(nal.split_units(packet)) for packet in read_packets(path)]


def read_packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        converter = BitStreamFilterContext("h264_mp4toannexb", stream)
        packets = [packet for packet in container.demux(stream) if packet.size]
        return [bytes(out) for packet in packets for out in converter.filter(packet)]


@pytest.mark.parametrize("threads", [4, *at_night([1])])
def test_pyav_has_nothing_to_complain_of(film: Path, threads: int) -> None:
    level = get_level()
    set_level(WARNING)
    try:
        with Capture() as complaints, av.open(str(film)) as container:
            container.streams.video[0].thread_type = "AUTO"
            container.streams.video[0].codec_context.thread_count = threads
            count = sum(1 for _ in container.decode(video=0))
    finally:
        set_level(level)
    assert [text for _, _, text in complaints if COVER_WARNING not in text] == []
    assert count == pytest.approx(330, abs=2)


def test_threads_and_none_see_the_same(film: Path) -> None:
    with av.open(str(film)) as container:
        container.streams.video[0].thread_type = "AUTO"
        container.streams.video[0].codec_context.thread_count = 4
        for frame, luma in zip(container.decode(video=0), read_lumas(film), strict=True):
            assert (frame.to_ndarray()[: frame.height] == luma).all()


def test_the_ffmpeg_program_has_nothing_to_complain_of(film: Path) -> None:
    require(FFMPEG, "the ffmpeg program")
    words = [FFMPEG, "-v", "warning", "-err_detect", "explode", "-xerror", "-i", str(film)]
    words += ["-f", "null", "-"]
    result = subprocess.run(words, capture_output=True, text=True, check=True)
    assert [line for line in result.stderr.splitlines() if COVER_WARNING not in line] == []


def test_a_decoder_of_another_house_sees_the_same(film: Path) -> None:
    require(openh264.LIBRARY, "libopenh264")
    for planes, luma in zip(openh264.decode(read_packets(film)), read_lumas(film), strict=True):
        assert (planes[0] == luma).all()


def test_seeking_to_any_second_shows_its_frame(film: Path) -> None:
    frames = list(read_lumas(film))
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        for second in (9, 0, 10, 3, 7):
            container.seek(round(second / stream.time_base), stream=stream)
            frame = next(each for each in container.decode(stream) if each.time >= second - 1e-6)
            assert (frame.to_ndarray()[: frame.height] == frames[30 * second]).all()


def test_groups_are_closed_and_last_ten_seconds_at_most(film: Path) -> None:
    pictures = read_units(film)
    keys = [
        number
        for number, picture in enumerate(pictures)
        if any(nal.unit_type(unit) == nal.IDR_SLICE for unit in picture)
    ]
    assert keys[0] == 0
    assert max(after - before for before, after in pairwise([*keys, len(pictures)])) <= 300
    for number in keys:  # each of its slices is one of a key frame: nothing refers over it
        kinds = {nal.unit_type(unit) for unit in pictures[number]}
        assert kinds == {nal.SPS, nal.PPS, nal.IDR_SLICE}


def test_there_is_one_set_of_parameters_and_it_is_in_the_header(film: Path) -> None:
    sets = {
        unit
        for picture in read_units(film)
        for unit in picture
        if nal.unit_type(unit) in (nal.SPS, nal.PPS)
    }
    assert len(sets) == 2
    assert b"avc1" in film.read_bytes()[:4096]
    assert read_boxes(film).index("moov") < read_boxes(film).index("mdat")


@pytest.mark.each_value
@pytest.mark.parametrize("size", [*LEVELS, *at_night(LARGE_LEVELS)], ids=str)
@pytest.mark.parametrize("form", list(VideoFormat))
def test_sizes_are_even_and_the_level_is_right(
    tmp_path: Path, form: VideoFormat, size: tuple[int, int]
) -> None:
    resolution, fps = size
    film_scene = scene(write_song(tmp_path / "song.mp3", music(0.3)), form=form)
    film_scene = replace(film_scene, resolution=resolution, fps=fps)
    film = render(film_scene, tmp_path / "film.mp4", processes=1)
    assert (film.width % 2, film.height % 2) == (0, 0)
    with av.open(str(film.path)) as container:
        picture = container.streams.video[0].codec_context
        assert (picture.profile, picture.width, picture.height) == ("High", *film_scene.size)
        assert 30 <= picture.extradata[3] <= (LEVELS | LARGE_LEVELS)[size]
        assert container.streams.video[0].average_rate == fps
    frames = np.array([luma.shape for luma in read_lumas(film.path)])
    assert (frames == (film.height, film.width)).all()
