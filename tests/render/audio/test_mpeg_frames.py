"""Where the frames of an mp3 or a raw AAC stream begin."""

import pytest

from videos.render.audio.mpeg_frames import FirstFrame, find_first_frame

MP3 = b"\xff\xfb\x90\x00".ljust(417, b"\0")  # 128 kbit/s at 44.1 kHz: 144 · 128000 / 44100
MPEG2 = b"\xff\xf3\x80\x00".ljust(208, b"\0")  # 64 kbit/s at 22.05 kHz
ADTS = bytes((0xFF, 0xF1, 0x50, 0x80, 100 >> 3, (100 & 7) << 5, 0xFC)).ljust(100, b"\0")


@pytest.mark.parametrize(
    ("frame", "demuxer"), [(MP3, "mp3"), (MPEG2, "mp3"), (ADTS, "aac")], ids=["1", "2", "ADTS"]
)
@pytest.mark.parametrize("junk", [b"", b"\0" * 33, b"\xff\xfb\x90\x00 no frame", b"\xff\xff\xff"])
def test_the_first_frame_that_others_follow_is_found_behind_junk(frame, demuxer, junk):
    assert find_first_frame(junk + frame * 5) == FirstFrame(len(junk), demuxer)


def test_a_file_may_end_or_have_a_tag_after_its_last_frame():
    assert find_first_frame(MP3) == FirstFrame(0, "mp3")
    assert find_first_frame(MP3 + b"TAG" + b"x" * 125) == FirstFrame(0, "mp3")


@pytest.mark.parametrize(
    "header", [b"\xff\xfb\xf0\x00", b"\xff\xfb\x00\x00", b"\xff\xfb\x9c\x00", b"\xff\xeb\x90\x00"]
)
def test_headers_with_forbidden_values_are_no_frames(header):
    assert find_first_frame(header.ljust(417, b"\0") * 5) is None


def test_other_bytes_have_no_frame():
    assert find_first_frame(b"") is None
    assert find_first_frame(bytes(range(256)) * 8) is None
