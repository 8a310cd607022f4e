"""The tags of a song, read in a child process."""

import pytest
from mutagen.id3 import TIT2

from tests import media_files
from tests.render.samples import tone, write_song
from tests.render.tags.songs import save_id3
from videos.render.sandbox.answers import decode_answer, encode_answer
from videos.render.sandbox.song_tags import (
    MAX_COVER_BYTES,
    decode_tags,
    encode_tags,
    read_tags_in_child,
)
from videos.render.tags.reading import read_song_tags
from videos.render.tags.song_tags import SongTags


def test_they_are_the_same_as_in_this_process(tmp_path):
    song = write_song(tmp_path / "song.mp3", tone(0.3))
    save_id3(song, TIT2(encoding=3, text="Ночной поезд"))
    tags = read_tags_in_child(song)
    assert tags == read_song_tags(song)
    assert tags.title == "Ночной поезд"


@pytest.mark.parametrize("data", [b"", b"no song", b"ID3\x04\xff" * 9])
def test_a_file_that_says_nothing_has_none(tmp_path, data):
    (tmp_path / "song.mp3").write_bytes(data)
    assert read_tags_in_child(tmp_path / "song.mp3") == SongTags()
    assert read_tags_in_child(tmp_path / "none.mp3") == SongTags()


def test_a_cover_is_sent_along_unless_it_is_too_large():
    tags = SongTags(title="a", cover=media_files.jpeg())
    assert decode_tags(*decode_answer(encode_answer(*encode_tags(tags)))) == tags
    large = SongTags(cover=bytes(MAX_COVER_BYTES + 1))
    assert encode_tags(large)[1] == b""


def test_what_are_no_tags_is_refused():
    with pytest.raises(ValueError, match="not the tags"):
        decode_tags({"title": "a"}, b"")
