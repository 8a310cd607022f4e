"""Lines that are built from pieces."""

from videos.render.lyrics.lines import Problems, Word
from videos.render.lyrics.pieces import Piece, build_line


def test_pieces_with_times_are_words_and_the_others_stand_between_them():
    pieces = [Piece("Hel", 1.0, 1.2), Piece("lo", 1.2, 1.5), Piece(" "), Piece("world", 2.0, 2.5)]
    number, line = build_line(7, 1.0, 3.0, pieces, Problems())
    assert (number, line.start, line.end, line.text) == (7, 1.0, 3.0, "Hello world")
    assert line.words == (Word(1.0, 1.2, "Hel"), Word(1.2, 1.5, "lo"), Word(2.0, 2.5, "world"))


def test_a_word_never_ends_before_it_starts():
    _, line = build_line(1, 0.0, 9.0, [Piece("a", 5.0, 4.0), Piece("b", 6.0)], Problems())
    assert line.words == (Word(5.0, 5.0, "a"), Word(6.0, 6.0, "b"))


def test_a_tag_is_no_word_and_names_the_section():
    pieces = [Piece("[Chorus] ", 0.5, 0.9), Piece("Sing", 1.0, 2.0)]
    _, line = build_line(1, 0.5, 3.0, pieces, Problems())
    assert (line.text, line.section) == ("Sing", "Chorus")
    assert line.words == (Word(1.0, 2.0, "Sing"),)
