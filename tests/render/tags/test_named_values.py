"""Tags that are names and values."""

import base64

import pytest
from mutagen.apev2 import APEBinaryValue, APEv2
from mutagen.flac import FLAC, Picture
from mutagen.id3 import ID3
from mutagen.mp4 import MP4, MP4Cover
from mutagen.oggopus import OggOpus

from tests.render.tags.songs import COVER, LRC, LYRICS, SUNO
from videos.render.tags.reading import read_song_tags
from videos.render.tags.song_tags import SongTags


@pytest.mark.parametrize("names", ["title artist lyrics", "TITLE ARTIST LYRICS"])
@pytest.mark.parametrize(("kind", "format_"), [("flac", FLAC), ("opus", OggOpus)])
def test_vorbis_comments_are_read_in_any_case(song, kind, format_, names):
    path = song(kind)
    file, (title, artist, lyrics) = format_(path), names.split()
    file[title], file[artist], file[lyrics] = "Night", ["A", "B"], LRC
    picture = Picture()
    picture.data, picture.type, picture.mime = COVER, 3, "image/jpeg"
    if kind == "flac":
        file.add_picture(picture)
    else:
        file["metadata_block_picture"] = base64.b64encode(picture.write()).decode()
    file.save()
    expected = SongTags("Night", "A, B", lyrics=LRC, cover=COVER)
    assert read_song_tags(path) == expected


def test_the_atoms_of_an_m4a_are_read(song):
    path = song("m4a")
    file = MP4(path)
    file["\xa9nam"], file["\xa9ART"], file["\xa9lyr"] = "Night", ["A", "B"], LYRICS
    file["\xa9gen"], file["\xa9cmt"] = "Folk", SUNO
    file["covr"] = [MP4Cover(COVER, MP4Cover.FORMAT_JPEG)]
    file["----:com.apple.iTunes:LANGUAGE"] = [b"de"]
    file.save()
    assert read_song_tags(path) == SongTags("Night", "A, B", "", "Folk", "de", LYRICS, SUNO, COVER)


def test_an_ape_tag_is_read(song):
    path = song("mp3")
    ID3().delete(path)
    tags = APEv2()
    tags["Title"], tags["Artist"], tags["Lyrics"] = "Night", ["A", "B"], LYRICS
    tags["Cover Art (Front)"] = APEBinaryValue(b"cover.jpg\0" + COVER)
    tags.save(path)
    result = read_song_tags(path)
    expected = ("Night", "A, B", LYRICS, COVER)
    assert (result.title, result.artist, result.lyrics, result.cover) == expected
