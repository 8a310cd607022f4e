"""The error of lyrics whose encoding is not certain."""

from videos.render.encodings.detection import Reading
from videos.render.encodings.names import find_encoding
from videos.render.lyrics.encoding_doubt import MAX_LENGTH, MAX_LINES, EncodingDoubt


def reading(name: str, text: str) -> Reading:
    encoding = find_encoding(name)
    assert encoding
    return Reading(0.0, encoding, text)


def test_it_shows_the_lines_that_differ():
    doubt = EncodingDoubt(
        [reading("cp1252", "La la\nÄ ö\n1\n2\n3"), reading("cp1251", "La la\nД ц\n4\n5\n6")]
    )
    (first, lines), (second, others) = doubt.candidates
    assert [encoding.codec for encoding in (first, second)] == ["cp1252", "cp1251"]
    assert (lines, others) == (["Ä ö", "1", "2"], ["Д ц", "4", "5"])
    assert len(lines) == MAX_LINES
    assert "(“Ä ö”); or " in str(doubt)
    assert "(“Д ц”)" in str(doubt)
    assert "UTF-8" in str(doubt)


def test_a_long_line_is_cut():
    doubt = EncodingDoubt([reading("cp1252", "ä" * 500), reading("cp1251", "д" * 500)])
    assert {len(line) for _, lines in doubt.candidates for line in lines} == {MAX_LENGTH}
