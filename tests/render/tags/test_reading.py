import base64
import struct
from pathlib import Path

import pytest
from mutagen.aiff import AIFF
from mutagen.apev2 import APEBinaryValue, APEv2
from mutagen.flac import FLAC, Picture
from mutagen.id3 import APIC, COMM, ID3, SYLT, TALB, TCON, TIT2, TLAN, TPE1, TPE2, TXXX, USLT
from mutagen.mp4 import MP4, MP4Cover
from mutagen.oggopus import OggOpus
from mutagen.wave import WAVE

from tests import media_files
from tests.render.samples import tone, wav, write_song
from videos.render.tags import SongTags, read_song_tags

LYRICS = "[Verse]\nNight over town\nand the rain comes down"
LRC = "[00:01.00]Night over town\n[00:02.50]and the rain comes down"
COVER = media_files.jpeg(40, 40)
SUNO = "made with suno; created=2026-11-01T10:00:00Z; id=00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def songs(tmp_path_factory) -> dict[str, bytes]:
    """Return a short song of each kind, without tags."""
    folder = tmp_path_factory.mktemp("songs")
    kinds = ("mp3", "m4a", "flac", "opus", "wav", "aiff")
    paths = [folder / f"song.{kind}" for kind in kinds if kind != "aiff"]
    songs = {path.suffix[1:]: write_song(path, tone(0.3, 48000), 48000).read_bytes()
             for path in paths}  # fmt: skip
    comm = struct.pack(">hIh10s", 1, 0, 16, b"\x40\x0e\xac\x44" + bytes(6))
    chunks = b"COMM" + struct.pack(">I", 18) + comm + b"SSND" + struct.pack(">III", 8 + 200, 0, 0)
    body = b"AIFF" + chunks + bytes(200)
    songs["aiff"] = b"FORM" + struct.pack(">I", len(body)) + body
    return songs


@pytest.fixture
def song(songs, tmp_path):
    def write(kind: str) -> Path:
        path = tmp_path / f"song.{kind}"
        path.write_bytes(songs[kind])
        return path

    return write


def save_id3(path: Path, *frames: object, **options: object) -> Path:
    tags = ID3()
    for frame in frames:
        tags.add(frame)
    tags.save(path, **options)
    return path


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


def test_the_list_of_a_wav_is_read_in_its_code_page(tmp_path):
    text = "Ночь над городом".encode("cp1251")
    info = b"INFOINAM" + struct.pack("<I", len(text)) + text
    path = tmp_path / "song.wav"
    path.write_bytes(wav(1, 16, bytes(4410), b"LIST" + struct.pack("<I", len(info)) + info))
    assert read_song_tags(path).title == "Ночь над городом"


@pytest.mark.parametrize(
    ("code_page", "title", "artist"),
    [
        ("cp1251", "Ночь над городом", "Певица"),
        ("gb18030", "城市之夜", "测试歌手"),
        ("cp932", "夜の街", "テスト歌手"),
        ("cp949", "도시의 밤", "테스트 가수"),
        ("big5", "城市之夜", "測試歌手"),
        ("cp1253", "Νύχτα στην πόλη", "Τραγουδίστρια"),
        ("cp1255", "לילה בעיר", "זמרת"),
        ("cp1252", "Don’t stop…", "Björk"),
        ("cp1250", "Źródło światła", "Świetlik"),
        ("cp1254", "Gece şarkısı", "Şebnem Güneş"),
        ("koi8-r", "Ночь над городом", "Певица"),
        ("euc-jp", "夜の街", "テスト歌手"),
        ("utf-8", "Ночь über der Stadt", "Певица"),
    ],
)
def test_wrong_code_pages_are_mended(song, code_page, title, artist):
    texts = [text.encode(code_page).decode("latin-1") for text in (title, artist)]
    path = save_id3(song("mp3"), TIT2(encoding=0, text=texts[0]), TPE1(encoding=0, text=texts[1]))
    tags = read_song_tags(path)
    assert (tags.title, tags.artist) == (title, artist)


def test_tags_that_were_damaged_in_unicode_are_mended(song):
    path = save_id3(
        song("mp3"), TIT2(encoding=3, text="РќРѕС‡СЊ РЅР°Рґ"), TPE1(encoding=3, text="Певица")
    )
    tags = read_song_tags(path)
    assert (tags.title, tags.artist) == ("Ночь над", "Певица")


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
