"""Parsing lyrics in JSON."""

import json

import pytest

from videos.render.lyrics import LyricsError, Word, parse, parse_lyrics, strip_timestamps

SUNO = [
    {"word": "[Verse]\nNight ", "success": True, "startS": 1.0, "endS": 1.4, "palign": 0},
    {"word": "over\n", "success": True, "startS": 1.4, "endS": 2.0, "palign": 0},
    {"word": "town", "success": True, "startS": 3.0, "endS": 4.0, "palign": 0},
]
WORDS, TIMED = "Night over", {"start": 1.0, "end": 2.0}


def snake(items: list[dict[str, object]]) -> list[dict[str, object]]:
    names = {"startS": "start_s", "endS": "end_s", "palign": "p_align"}
    return [{names.get(name, name): value for name, value in item.items()} for item in items]


@pytest.mark.parametrize(
    "data",
    [
        SUNO,
        {"alignedWords": SUNO, "waveformData": [0, 1]},
        {"code": 200, "msg": "success", "data": {"alignedWords": SUNO}},
        {"aligned_words": snake(SUNO)},
    ],
)
def test_it_reads_suno_s_aligned_words(data: object) -> None:
    first, second = parse(json.dumps(data, indent=1), 60)
    assert (first.text, first.section) == ("Night over", "Verse")
    assert first.words == (Word(1, 1.4, "Night"), Word(1.4, 2, "over"))
    assert (second.start, second.end, second.text) == (3, 4, "town")


def test_it_reads_whisper_s_segments_with_their_words() -> None:
    words = [
        {"word": " Night", "start": 1.0, "end": 1.4, "probability": 0.9},
        {"word": " over,", "start": 1.4, "end": 2.0},
        {"word": " 24"},
    ]
    data = {
        "text": " Night over, 24 la",
        "segments": [
            {"id": 0, "start": 1.0, "end": 2.5, "text": " Night over, 24", "words": words},
            {"id": 1, "start": 3.0, "end": 4.0, "text": " la"},
        ],
    }
    first, second = parse(json.dumps(data), 60)
    assert (first.start, first.end, first.text) == (1, 2.5, "Night over, 24")
    assert first.words == (Word(1, 1.4, "Night"), Word(1.4, 2, "over,"))
    assert (second.start, second.end, second.text) == (3, 4, "la")


@pytest.mark.parametrize(
    "data",
    [
        {"transcription": [{"offsets": {"from": 1000, "to": 2500}, "text": " Night over"}]},
        {"words": [TIMED | {"word": "Night"}, {"word": "over", "start": 2.0, "end": 2.5}]},
        {"lyrics": {"lines": [{"startTimeMs": "1000", "endTimeMs": "2500", "words": WORDS}]}},
        {"aligned_lyrics": [{"text": WORDS, "start_s": 1.0, "end_s": 2.5, "section": "Verse"}]},
        [{"start": 1, "end": 2.5, "text": "Night over"}],
    ],
)
def test_it_reads_the_lines_of_other_programs(data: object) -> None:
    (line,) = parse(json.dumps(data), 60)
    assert (line.start, line.end, line.text) == (1, 2.5, "Night over")


@pytest.mark.parametrize("name", ["syncedLyrics", "lrc", "lyrics"])
def test_it_reads_lrc_inside_json(name: str) -> None:
    (line,) = parse(json.dumps({name: "[00:01.00]Night over\n[00:02.50]", "id": 7}), 60)
    assert (line.start, line.end, line.text) == (1, 2.5, "Night over")


def test_a_word_without_a_time_stays_and_is_named() -> None:
    items = [SUNO[0], {"word": "over ", "startS": None}, SUNO[2]]
    lyrics = parse_lyrics(json.dumps(items), 60)
    assert " ".join(line.text for line in lyrics.lines) == "Night over town"
    assert "word 2 has no start" in str(lyrics.problems[0])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"name": "a package", "version": 1}', "JSON without lyrics"),
        ('[{"id": 1}, {"id": 2}]', "JSON without lyrics"),
        ('{"segments": [\n{"start": 1, "text": "la"', "damaged.*line 2"),
        ('{"a": ' + "[" * 100_000, "nested|damaged"),
        ('{"start": 9' + "9" * 5000 + "}", "too large|without lyrics"),
    ],
)
def test_other_json_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(LyricsError, match=sentence):
        parse_lyrics(text, 60)


def test_lyrics_without_times_are_taken_out_of_json() -> None:
    assert strip_timestamps(json.dumps(SUNO)) == "[Verse]\nNight over\ntown"
