"""Text of old tags, whose code page nobody wrote down."""

import struct

import pytest
from mutagen.id3 import TIT2, TPE1

from tests.render.samples import wav
from tests.render.tags.songs import save_id3
from videos.render.tags.reading import read_song_tags


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
