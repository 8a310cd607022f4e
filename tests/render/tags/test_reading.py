import pytest
from mutagen.id3 import SYLT, TIT2, TPE1, TXXX, USLT

from tests.render.tags.songs import LRC, LYRICS, save_id3
from videos.render.tags.reading import read_song_tags
from videos.render.tags.song_tags import SongTags


@pytest.mark.parametrize("version", [3, 4])
def test_several_artists_are_kept(song, version):
    for artists, expected in ((["Test Singer", "B"], "Test Singer, B"), (["AC/DC"], "AC/DC")):
        path = save_id3(song("mp3"), TPE1(encoding=1, text=artists), v2_version=version)
        assert read_song_tags(path).artist == expected


def test_lyrics_with_times_are_preferred(song):
    synced = [("Night over town", 1000), ("\nand the rain", 2500)]
    frames = (
        USLT(encoding=3, lang="eng", text=LYRICS),
        SYLT(encoding=3, lang="eng", format=2, type=1, text=synced),
    )
    assert read_song_tags(save_id3(song("mp3"), *frames)).lyrics == (
        "[00:01.00]Night over town\n[00:02.50]and the rain"
    )
    frames = (
        USLT(encoding=3, lang="eng", text=LYRICS),
        TXXX(encoding=3, desc="SYNCEDLYRICS", text=LRC.replace("\n", "\r\n")),
    )
    assert read_song_tags(save_id3(song("mp3"), *frames)).lyrics == LRC


def test_chords_are_no_lyrics(song):
    chords = SYLT(encoding=3, lang="eng", format=2, type=5, text=[("Am", 100), ("C", 900)])
    assert read_song_tags(save_id3(song("mp3"), chords)).lyrics == ""


def test_titles_are_lines(song):
    path = save_id3(
        song("mp3"),
        TIT2(encoding=3, text="Night\nover\r\nTown\t!\u202e"),
        TPE1(encoding=3, text=" "),
    )
    tags = read_song_tags(path)
    assert (tags.title, tags.artist) == ("Night over Town !", "")


def test_joiners_stay(song):
    title = "👩‍👩‍👧 نمی‌خواهم"
    assert read_song_tags(save_id3(song("mp3"), TIT2(encoding=1, text=title))).title == title


def test_a_tag_that_claims_to_be_longer_than_the_file_is_read(song):
    path = song("mp3")
    frame = b"TIT2\x00\x00\x00\x06\x00\x00\x03Night"
    path.write_bytes(b"ID3\x04\x00\x00\x02\x00\x00\x00" + frame + path.read_bytes())
    assert read_song_tags(path).title == "Night"


@pytest.mark.parametrize("kind", ["mp3", "m4a", "flac", "opus", "wav", "aiff"])
def test_a_file_without_tags_says_nothing(song, kind):
    assert read_song_tags(song(kind)) == SongTags()


def test_what_is_no_song_says_nothing(tmp_path):
    path = tmp_path / "song.mp3"
    for data in (b"", b"ID3", b"no song", b"ID3\x04\x00\xff\x7f\x7f\x7f\x7fTIT2"):
        path.write_bytes(data)
        assert read_song_tags(path) == SongTags()
