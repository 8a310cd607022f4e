import pytest

from videos.render.lyrics import untimed

PLAIN = "[Verse]\nBlue hour\n\n[Chorus]\nLet them go"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "[ti:Lanterns]\n[Verse]\n[00:10.20]Blue hour\n[Chorus]\n[00:14.00]Let <00:15.00>them go",
        "1\n00:00:10,200 --> 00:00:12,000\n[Verse]\nBlue hour\n\n"
        "2\n00:00:14,000 --> 00:00:15,000\n[Chorus]\nLet them go\n",
    ],
)
def test_times_are_left_out_and_sections_stay(text: str) -> None:
    assert untimed(text) == PLAIN


def test_no_lyrics_are_none() -> None:
    assert untimed("") == ""
