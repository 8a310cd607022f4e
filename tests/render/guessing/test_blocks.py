"""The blocks of untimed lyrics."""

from videos.render.guessing.blocks import MAX_BLOCK_LINES, find_blocks
from videos.render.lyrics.lines import Problems
from videos.render.lyrics.plain import read_rows


def spans(text):
    return [(each.first, each.last) for each in find_blocks(list(read_rows(text, Problems())))]


def test_a_block_begins_below_each_tag_and_each_blank_row():
    assert spans(["one", "two", "", "three", "[Chorus]", "four"]) == [(0, 2), (2, 3), (3, 4)]


def test_a_long_block_is_cut():
    assert spans(["la"] * (MAX_BLOCK_LINES + 3)) == [(0, 8), (8, 11)]


def test_words_that_come_again_are_known_as_such():
    rows = ["A verse of its own", "[Chorus]", "Stay!", "[Verse]", "another", "[Chorus]", "stay"]
    blocks = find_blocks(list(read_rows(rows, Problems())))
    assert [block.is_repeated for block in blocks] == [False, True, False, True]


def test_syllables_are_what_a_block_needs_time_for():
    short, long = find_blocks(list(read_rows(["la", "", "a much longer line"], Problems())))
    assert long.syllables > 2 * short.syllables
