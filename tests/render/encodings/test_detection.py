"""Telling encodings apart, measured on verses of 36 languages in all their encodings."""

from collections import Counter
from pathlib import Path

import pytest

from tests.pairwise import at_night, one_in
from tests.render.encodings.samples import UNICODE, encode, languages, samples_of, verses
from videos.render.encodings import find_encoding, rank_readings
from videos.render.lyrics import EncodingDoubt, LyricsError, decode

CASES = Path(__file__).parents[2] / "samples" / "lyrics"


def outcome_of(text: str, data: bytes) -> str:
    try:
        return "right" if decode(data) == text else "wrong"
    except EncodingDoubt as doubt:
        readings = [decode(data, encoding.name) for encoding, _lines in doubt.candidates]
        return "doubt" if text in readings else "lost"
    except LyricsError:
        return "refused"


@pytest.mark.parametrize("language", one_in(3, languages()))
@pytest.mark.parametrize("with_stamps", [False, *at_night([True])])
def test_whole_songs_are_read_right_in_all_their_encodings(language, with_stamps):
    for sample in samples_of(language, with_stamps=with_stamps):
        assert decode(sample.data) == sample.text, sample.codec


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("encoding", UNICODE)
def test_unicode_is_read_with_a_mark_and_without(language, encoding):
    for text in ("\n".join(verses(language)), "\n".join(verses(language)[:4])):
        assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("language", one_in(5, languages()))
def test_four_lines_are_read_right_or_the_creator_chooses(language):
    outcomes = Counter(outcome_of(each.text, each.data) for each in samples_of(language, 4))
    assert outcomes["right"] >= 0.88 * outcomes.total(), outcomes
    assert set(outcomes) <= {"right", "doubt"}


@pytest.mark.nightly
def test_of_single_lines_few_are_in_doubt_and_hardly_any_is_wrong():
    """The encodings of today; of a line in one of DOS or the old Mac there is too little."""
    rare = {"mac-roman", "cp850", "cp852"}
    outcomes = Counter(
        outcome_of(sample.text, sample.data)
        for language in languages()
        for sample in samples_of(language, 1)
        if sample.codec not in rare
    )
    assert outcomes["right"] >= 0.97 * outcomes.total(), outcomes
    assert outcomes["wrong"] + outcomes["lost"] + outcomes["refused"] <= 0.003 * outcomes.total()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cp1250-polish.txt", "Zażółć gęślą jaźń\nŚwieci słońce nad łąką\nŹdźbło trawy śpi\n"),
        ("latin1-finnish.txt", "Yön sävel soi hiljaa\nHyvää yötä, sää on kylmä\n"
         "Ääni kutsuu pimeää\n"),
        ("cp1252-smart-quotes.lrc", "[00:01.00]Don’t wait — we’re “alive”\n[00:03.00]Hold on… my "
         "love\n[00:05.00]It’s 5 o’clock\n"),
        ("shift-jis.lrc", "[00:01.00]夜空に光る星を見て\n[00:03.00]あなたの声を聞いていた\n"
         "[00:05.00]さよならは言わないで\n"),
        ("euc-kr.lrc", "[00:01.00]밤하늘에 빛나는 별을 보며\n[00:03.00]너의 목소리를 듣고 있었어\n"
         "[00:05.00]안녕이라고 말하지 마\n"),
    ],
)  # fmt: skip
def test_files_that_were_read_wrongly_are_read_right(name, text):
    assert decode((CASES / f"enc-{name}").read_bytes()) == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [("Don’t", "cp1252"), ("café", "cp1252"), ("naïve", "cp1252"), ("© 2024 Ann\nla la", "cp1252"),
     ("é", "cp1252"), ("…", "cp1252"), ("Привет", "cp1251"), ("ёлка", "koi8-r"), ("愛", "cp932"),
     ("사랑해", "cp949"), ("我愛你", "big5"), ("我爱你", "gb18030")],
)  # fmt: skip
def test_a_single_word_is_never_read_wrongly(text, codec):
    assert outcome_of(text, encode(text, codec)) in {"right", "doubt"}


@pytest.mark.parametrize(
    ("refrain", "codec"), [("Stay with me tonight, baby", codec) for codec in
                           ("cp1251", "cp932", "cp949", "gb18030", "cp1253", "cp1250")]
)  # fmt: skip
def test_an_english_refrain_misleads_nobody(refrain, codec):
    language = {"cp1251": "russian", "cp932": "japanese", "cp949": "korean", "cp1253": "greek",
                "gb18030": "chinese_simplified", "cp1250": "polish"}[codec]  # fmt: skip
    text = "\n".join(line for verse in verses(language)[:4] for line in (verse, refrain, refrain))
    assert decode(text.encode(codec)) == text


def test_long_files_are_read_in_time_and_as_a_whole():
    text = "\n".join(verses("finnish")) + "\n"
    long = text * (900_000 // len(text.encode("latin-1")))
    assert decode(long.encode("cp1252")) == long
    one_line = long.replace("\n", " ")
    assert decode(one_line.encode("cp1252")) == one_line


def test_readings_that_are_alike_are_one():
    (first, *others) = rank_readings("Tänään".encode("cp1252"))
    assert first.encoding == find_encoding("cp1252")
    assert len({reading.sample for reading in (first, *others)}) == len(others) + 1


WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
LONG_LINES = {
    "french": "Été numéro {}, le cœur déjà blessé",
    "german": "Über dem Ölfeld {} glüht ein Stern, süß wie früher",
    "russian": "Она сказала {}: «Останься, ещё ночь»",
    "chinese": "我走在路上{}，上海的晚上，心上的人",
    "japanese": "夜空に{}の星が上がる、あなたの声",
}


@pytest.mark.parametrize("codec", WIDE)
@pytest.mark.parametrize("language", LONG_LINES)
@pytest.mark.parametrize("head", ["", "[ti:Song]\n"])
def test_long_unicode_without_a_mark_is_read_right(language, codec, head):
    for count, stamp in ((90, "[00:{:02}.00]"), (900, "[00:{:02}.00]"), (900, "")):
        line = LONG_LINES[language]
        text = head + "".join(
            f"{stamp.format(n % 60)}{line.format(n if stamp else '')}\n" for n in range(count)
        )
        assert decode(text.encode(codec)) == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [("Ža", "iso8859-2"), ("¶ la la la ¶", "cp1252"), ("la la Žena", "cp1250"),
     ("§ la la", "cp1252"), ("† la la †", "cp1252"), ("Že love", "iso8859-2")],
)  # fmt: skip
def test_a_foreign_character_among_ascii_is_latin_first(text, codec):
    (first, *_others) = rank_readings(text.encode(codec))
    assert first.sample == text
