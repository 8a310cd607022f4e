from pathlib import Path

import pytest

from videos.render.backdrops.formats import check_number, find_demuxer, is_video, picture_sentence
from videos.render.errors import BackdropError, CoverError


@pytest.mark.parametrize(
    ("start", "demuxer"),
    [
        (b"\0\0\0\x20ftypisom", "mov"),
        (b"\0\0\0\x08wide\0\0", "mov"),
        (b"\x1aE\xdf\xa3\x01", "matroska"),
        (b"#EXTM3U\nfile:///etc/passwd", None),
        (b"ffconcat version 1.0", None),
        (b"", None),
    ],
)
def test_only_two_demuxers_are_used(start: bytes, demuxer: str | None) -> None:
    assert find_demuxer(start) == demuxer


def test_an_avif_is_a_picture_though_it_begins_like_a_video(tmp_path: Path) -> None:
    (tmp_path / "a.avif").write_bytes(b"\0\0\0\x20ftypavif" + bytes(20))
    (tmp_path / "a.mov").write_bytes(b"\0\0\0\x20ftypqt  " + bytes(20))
    assert not is_video(tmp_path / "a.avif")
    assert is_video(tmp_path / "a.mov")


def test_the_number_of_files_is_checked() -> None:
    check_number(12, 0)
    check_number(0, 1)
    for pictures, videos in ((13, 0), (1, 1), (0, 2)):
        with pytest.raises(BackdropError):
            check_number(pictures, videos)


def test_a_sentence_about_a_cover_becomes_one_about_a_picture() -> None:
    advice = "Choose the file with the song's cover."
    error = CoverError(f"The cover cannot be read: it is a sound. {advice}")
    sentence = "The picture cannot be read: it is a sound. Choose a JPEG"
    assert picture_sentence(error).startswith(sentence)
