"""What an LRC file tells of its song."""

import pytest

from videos.render.lyrics.id_tags import read_id_tags


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("[ti:Night]\n[ar: Ann ]\n[00:01.00]la", {"title": "Night", "artist": "Ann"}),
        ("\ufeff[TI:Night]\r\n[la:en]", {"title": "Night", "language": "en"}),
        ("[ti:]\n[ti:Second]\n[ti:Third]", {"title": "Second"}),
        ("[00:01.00]\n" * 80 + "[ti:Late]", {}),
        ("[ti:a:b]", {"title": "a:b"}),
        ("[by:Bob]\n[verse]\nti: no", {}),
        ("", {}),
    ],
)
def test_it_tells_title_artist_and_language(text, values):
    assert read_id_tags(text) == values
