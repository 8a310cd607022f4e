"""LRC with sections and words: for players, and as the portal stores it."""

import pytest

from videos import demo
from videos.render.lyrics import Line, Word, parse, to_stored_text, to_word_lrc

WORDS = (Word(5.0, 5.4, "Paper"), Word(5.5, 6.25, "lanterns"))
SONG = (
    Line(1.234, 4.0, "First of all", section="Verse 1"),
    Line(1.234, 4.0, "Ganz zuerst"),
    Line(5.0, 6.25, "Paper lanterns", WORDS),
    Line(8.0, 30.0, "A long one, held", section="Chorus"),
    Line(30.0, 36.0, "Guessed", is_guessed=True),
    Line(36.0, 41.5, "The last"),
)


def test_what_is_stored_reads_as_the_same_lines():
    assert parse(to_stored_text(SONG), 60) == SONG


def test_guessed_times_stay_marked_and_are_read_so():
    text = to_stored_text(SONG)
    assert "[~00:30.000]Guessed" in text
    assert [line.text for line in parse(text, 60) if line.is_guessed] == ["Guessed"]


def test_words_have_their_times_and_a_pause_between_two_of_them():
    assert to_word_lrc(SONG[2:3]) == (
        "[00:05.00]<00:05.00>Paper <00:05.40><00:05.50>lanterns<00:06.25>\n[00:06.25]\n"
    )


def test_players_see_no_mark_of_ours():
    assert "[00:30.00]Guessed" in to_word_lrc(SONG)


@pytest.mark.parametrize("text", ["I <3 you", "Полёт над рекой", "夜の街を 歩く", "a < b > c"])
def test_texts_stay_as_they_are(text):
    lines = (Line(2.0, 5.0, text),)
    assert parse(to_stored_text(lines), 60) == lines


def test_the_demo_song_is_stored_without_loss():
    lines = parse(demo.LYRICS.read_text(), 70)
    assert parse(to_stored_text(lines), 70) == lines


def test_a_song_of_guesses_only_stays_where_it_was_put():
    lines = tuple(Line(2.0 * n, 2.0 * n + 2, f"line {n}", is_guessed=True) for n in range(5))
    assert parse(to_stored_text(lines), 60) == lines
