"""The MP4 that holds pictures and sound."""

from fractions import Fraction

import av
import numpy as np
import pytest
from av.packet import Packet

from tests import media_files
from tests.render.films import read_boxes
from videos.render.encode.aac_pieces import encode_sound
from videos.render.encode.mp4 import Mp4Writer, decode_time, wrap_pictures
from videos.render.encode.pictures import EncodedPicture, open_picture_encoder
from videos.render.encode.tags import Chapter, CoverPicture

WIDTH, HEIGHT, FPS = 64, 48, 30


def pictures(count: int):
    encoder = open_picture_encoder(WIDTH, HEIGHT, FPS)
    for number in range(count):
        frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
        frame.pts = number
        for packet in encoder.encode(frame):
            yield EncodedPicture(number, packet.is_keyframe, bytes(packet))


def frames(count: int):
    for _ in range(count):
        frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), "fltp", "stereo")
        frame.sample_rate = 44100
        yield frame


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    with Mp4Writer(path, {"title": "Afterglow"}, [Chapter(0.0, 0.5, "Verse")]) as writer:
        video = writer.add_pictures(WIDTH, HEIGHT, FPS)
        sound = writer.add_sound(44100, "stereo")
        writer.add_cover(CoverPicture(media_files.jpeg(), 32, 32))
        writer.start()
        tracks = wrap_pictures(pictures(30), video, FPS), encode_sound(frames(43), sound)
        assert len(list(writer.write(*tracks))) >= 73
    return path


def test_it_has_pictures_sound_and_a_cover_of_the_right_length(film):
    with av.open(str(film)) as container:
        kinds = [stream.type for stream in container.streams]
        assert [kind for kind in kinds if kind != "data"] == ["video", "audio", "video"]
        video = container.streams.video[0]
        assert (video.width, video.height, video.frames) == (WIDTH, HEIGHT, 30)
        assert container.duration / av.time_base == pytest.approx(1.0, abs=0.05)
        assert container.metadata["title"] == "Afterglow"


def test_a_player_can_start_before_it_has_everything(film):
    names = read_boxes(film)
    assert names.index("moov") < names.index("mdat")


def test_its_chapters_can_be_read_back(film):
    with av.open(str(film)) as container:
        (chapter,) = container.chapters()
    assert chapter["metadata"]["title"] == "Verse"


def test_packets_are_ordered_by_the_time_at_which_they_are_decoded():
    packet = Packet(b"x")
    packet.dts, packet.time_base = 45, Fraction(1, 30)
    assert decode_time(packet) == 1.5
