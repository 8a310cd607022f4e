"""Parsing and writing LRC."""

from pathlib import Path

import pytest

from videos.render.lyrics import Line, Word, parse, parse_lyrics, to_lrc

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "lyrics"


def starts(text: str, duration: float = 600.0) -> list[tuple[float, str]]:
    return [(round(line.start, 3), line.text) for line in parse(text, duration)]


@pytest.mark.parametrize(
    ("timestamp", "seconds"),
    [
        ("[00:12.34]", 12.34),
        ("[00:12.345]", 12.345),
        ("[00:12:34]", 12.34),
        ("[00:12,5]", 12.5),
        ("[00:12]", 12.0),
        ("[1:02.5]", 62.5),
        ("[01:02:03.5]", 3723.5),
        ("  [00:12.34]", 12.34),
    ],
)
def test_it_reads_every_way_of_writing_a_timestamp(timestamp, seconds):
    assert starts(f"{timestamp}la la", 4000) == [(seconds, "la la")]


def test_it_sorts_lines_and_ends_each_where_the_next_begins():
    first, second = parse("[00:08.00]second\n[00:02.00]first", 60)
    assert (first.text, first.start, first.end) == ("first", 2, 8)
    assert (second.text, second.start, second.end) == ("second", 8, 18)


def test_it_repeats_a_line_that_has_several_timestamps():
    assert starts("[00:05.00][00:25.00]chorus\n[00:10.00]verse") == [
        (5, "chorus"),
        (10, "verse"),
        (25, "chorus"),
    ]


@pytest.mark.parametrize(("offset", "start"), [("+500", 9.5), ("-1500", 11.5), ("99999", 0.0)])
def test_it_shows_lines_earlier_by_a_positive_offset(offset, start):
    assert starts(f"[offset:{offset}]\n[00:10.00]la") == [(start, "la")]


def test_it_moves_word_timestamps_by_the_offset_too():
    (line,) = parse("[offset:+1000]\n[00:10.00]<00:10.00>la <00:11.00>lo <00:12.00>", 60)
    assert [(word.start, word.end, word.text) for word in line.words] == [
        (9, 10, "la"),
        (10, 11, "lo"),
    ]


@pytest.mark.parametrize(("left", "right"), ["<>", "[]"])
def test_it_reads_timestamps_before_words(left, right):
    text = f"[00:01.00]Hel{left}00:01.50{right}lo {left}00:02.00{right}you{left}00:03.00{right}"
    (line,) = parse(text, 60)
    assert line.text == "Hello you"
    assert line.words == (Word(1, 1.5, "Hel"), Word(1.5, 2, "lo"), Word(2, 3, "you"))
    assert line.end == 3


def test_an_empty_line_ends_the_one_before_it():
    assert parse("[00:01.00]la\n[00:03.00]\n[00:09.00]lo", 60)[0].end == 3


def test_it_survives_a_byte_order_mark_and_windows_line_ends():
    assert starts("\ufeff[ti:Song]\r\n[00:01.00]la\r\n\r\n[00:02.00]lo\r\n") == [
        (1, "la"),
        (2, "lo"),
    ]


def test_metadata_and_section_tags_are_not_sung():
    lines = parse("[ar:Mira]\n[ti:Glow]\n[00:01.00][Intro]\n[Verse 1]\n[00:02.00]la", 60)
    assert [(line.text, line.section) for line in lines] == [("la", "Verse 1")]


def test_a_translation_at_the_same_moment_is_a_row_of_it():
    lyrics = parse_lyrics("[00:01.00]夜空\n[00:01.00]Night sky\n[00:01.00]夜空\n[00:04]星", 60)
    assert [(line.start, line.end, line.text) for line in lyrics.lines] == [
        (1, 4, "夜空"),
        (1, 4, "Night sky"),
        (4, 14, "星"),
    ]
    assert [(problem.number, problem.text) for problem in lyrics.problems] == [(3, "夜空")]


def test_the_last_line_ends_with_the_song():
    assert parse("[00:05.00]la", 8)[0].end == 8


def test_it_writes_what_it_reads():
    lines = parse("[00:01.50]la\n[00:03.00]\n[00:04.00]lo & <3\n[01:15.00]", 80)
    assert to_lrc(lines) == "[00:01.50]la\n[00:03.00]\n[00:04.00]lo & <3\n[00:14.00]\n"
    assert parse(to_lrc(lines), 80) == lines
    assert to_lrc([]) == ""


def test_a_time_just_below_a_minute_is_not_written_as_sixty_seconds():
    assert to_lrc([Line(59.999, 61, "la")]).startswith("[01:00.00]la")


@pytest.mark.parametrize(
    "timestamp",
    [
        "[ 00:12.34 ]",
        "［00:12.34］",
        "【00:12.34】",
        "［００：１２．３４］",
        "[00：12.34]",
        "\t[00:12.34]",
    ],
)
def test_it_reads_timestamps_with_spaces_and_full_width_signs(timestamp: str) -> None:
    assert starts(f"{timestamp}la la") == [(12.34, "la la")]


@pytest.mark.parametrize(
    ("offset", "start"),
    [("+500ms", 9.5), ("500 ms", 9.5), ("+0.5s", 9.5), (" -250", 10.25), ("+1500.5", 8.5)],
)
def test_an_offset_may_have_a_unit(offset: str, start: float) -> None:
    assert starts(f"[offset:{offset}]\n[00:10.00]la")[0][0] == pytest.approx(start, abs=0.001)


def test_unknown_headers_are_neither_sung_nor_sections() -> None:
    text = (SAMPLES / "lrc-unknown-metadata.lrc").read_text(encoding="utf-8")
    lyrics = parse_lyrics(text, 180)
    assert [(line.text, line.section) for line in lyrics.lines] == [
        ("Night over town", ""),
        ("Hear my voice", ""),
    ]
    assert not lyrics.problems


def test_voices_are_not_sung_and_a_second_voice_keeps_its_words() -> None:
    text = (SAMPLES / "lrc-agents.lrc").read_text(encoding="utf-8")
    lines = parse(text, 180)
    assert [line.text for line in lines] == [
        "Night over town",
        "Hear my voice",
        "(ooh ooh)",
        "Last line",
    ]
    assert [(word.start, word.text) for word in lines[2].words] == [(4.5, "(ooh"), (4.9, "ooh)")]


def test_a_second_voice_during_a_line_is_a_row_of_its_moment() -> None:
    main = "[00:01.00]<00:01.00>Hear <00:02.00>me <00:06.00>"
    lines = parse(f"{main}\n[bg: <00:04.00>ooh <00:08.00>]\n[00:09.00]la", 60)
    assert [(line.start, line.end, line.text) for line in lines] == [
        (1, 6, "Hear me"),
        (1, 8, "ooh"),
        (9, 19, "la"),
    ]
    assert lines[1].words[0].start == 4


@pytest.mark.parametrize("voice", ["v1:", "v2: ", "F:", "M: ", "D: "])
def test_the_mark_of_a_voice_is_not_sung(voice: str) -> None:
    assert starts(f"[00:01.00]{voice}Night") == [(1, "Night")]


def test_entities_are_characters() -> None:
    text = (SAMPLES / "lrc-html-entities.lrc").read_text(encoding="utf-8")
    assert [line.text for line in parse(text, 60)] == [
        "Don't wait & see",
        'We\'re "alive"',
        "I <3 you",
    ]


def test_a_pause_that_is_written_ends_a_line() -> None:
    text = (SAMPLES / "lrc-interlude-explicit-end.lrc").read_text(encoding="utf-8")
    assert [(line.start, line.end) for line in parse(text, 60)] == [(0.5, 5), (28, 38)]


def test_a_stamped_tag_ends_the_line_before_it() -> None:
    first, second = parse("[00:01.00]la\n[00:05.00][Guitar Solo]\n[00:20.00]lo", 60)
    assert first.end == 5
    assert second.section == "Guitar Solo"


@pytest.mark.parametrize(
    "form", ["{} {}", "({}) {}", "({}){}", "<{}> {}", "{} - {}", "{}\t{}", "  {} | {}"]
)
def test_times_without_square_brackets_are_times_where_most_rows_have_them(form: str) -> None:
    text = "\n".join(form.format(time, row) for time, row in (("0:10", "la"), ("01:02.5", "lo")))
    assert starts(f"[Verse]\n{text}") == [(10, "la"), (62.5, "lo")]


def test_a_time_in_plain_lyrics_is_sung() -> None:
    assert [text for _, text in starts("at\n6:30 in the morning\nI wake\nup")][1] == (
        "6:30 in the morning"
    )


def test_a_second_voice_inside_a_row_keeps_its_words() -> None:
    lines = parse("[00:01.00]Night [bg: ooh] over\n[00:04.00]Hear", 60)
    assert [(line.start, line.text) for line in lines] == [
        (1, "Night over"),
        (1, "ooh"),
        (4, "Hear"),
    ]
