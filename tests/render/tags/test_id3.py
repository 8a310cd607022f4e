"""ID3 tags, in every version and every container."""

import pytest
from mutagen.aiff import AIFF
from mutagen.id3 import APIC, COMM, TALB, TCON, TIT2, TLAN, TPE1, TPE2, USLT
from mutagen.wave import WAVE

from tests.render.tags.songs import COVER, LYRICS, SUNO, save_id3
from videos.render.tags.reading import read_song_tags
from videos.render.tags.song_tags import SongTags


def test_it_reads_all_that_an_mp3_says(song):
    path = save_id3(
        song("mp3"),
        TIT2(encoding=3, text="Night"), TPE1(encoding=3, text=["A", "B"]),
        TALB(encoding=3, text="Town"), TCON(encoding=3, text="(17)Folk"),
        TLAN(encoding=3, text="deu"), USLT(encoding=3, lang="deu", text=LYRICS),
        COMM(encoding=3, lang="eng", desc="", text=SUNO),
        APIC(encoding=3, mime="image/png", type=4, desc="back", data=b"back"),
        APIC(encoding=3, mime="image/jpeg", type=3, desc="front", data=COVER),
    )  # fmt: skip
    assert read_song_tags(path) == SongTags(
        "Night", "A, B", "Town", "Rock, Folk", "deu", LYRICS, SUNO, COVER
    )


@pytest.mark.parametrize("version", [3, 4])
def test_every_version_of_id3_is_read(song, version):
    frames = (TIT2(encoding=1, text="Ночь"), TPE2(encoding=1, text="Album's artist"))
    tags = read_song_tags(save_id3(song("mp3"), *frames, v2_version=version))
    assert (tags.title, tags.artist) == ("Ночь", "Album's artist")


@pytest.mark.parametrize(("kind", "format_"), [("wav", WAVE), ("aiff", AIFF)])
def test_the_id3_chunk_of_a_wav_or_aiff_is_read(song, kind, format_):
    path = song(kind)
    file = format_(path)
    file.add_tags()
    file.tags.add(TIT2(encoding=3, text="Night"))
    file.tags.add(USLT(encoding=3, lang="eng", text=LYRICS))
    file.save()
    tags = read_song_tags(path)
    assert (tags.title, tags.lyrics) == ("Night", LYRICS)
