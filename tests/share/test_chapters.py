"""Chapters as YouTube reads them."""

from videos.render.lyrics import Line
from videos.share.chapters import chapter_list


def sections(*starts, is_guessed=False):
    return [
        Line(start, start + 2, "la", section=f"Part {start}", is_guessed=is_guessed)
        for start in starts
    ]


def test_each_section_is_a_row_and_the_first_is_at_nought():
    assert chapter_list(sections(12, 70), 4000) == ["0:00 Intro", "0:12 Part 12", "1:10 Part 70"]
    assert chapter_list(sections(0, 30, 3700), 4000)[-1] == "1:01:40 Part 3700"


def test_a_short_section_belongs_to_the_one_before_it():
    assert chapter_list(sections(12, 30, 35, 60), 90) == [
        "0:00 Intro",
        "0:12 Part 12",
        "0:35 Part 35",
        "1:00 Part 60",
    ]


def test_a_short_beginning_takes_the_name_of_what_follows():
    assert chapter_list(sections(4, 30, 60), 90)[0] == "0:00 Part 4"


def test_what_youtube_would_not_show_is_left_out():
    assert chapter_list(sections(12), 100) == []
    assert chapter_list(sections(12, 40, 70, is_guessed=True), 100) == []
