"""Parsing the subtitles that pysubs2 reads."""

from pathlib import Path

import pytest

from videos.render.lyrics import LyricsError, Word, parse, parse_lyrics

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "lyrics"
HEAD = "[Script Info]\nScriptType: v4.00+\n\n[Events]\n"
FORMAT = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"


def event(text: str, start: str = "0:00:01.00", end: str = "0:00:03.00", **fields: str) -> str:
    kind, effect = fields.get("kind", "Dialogue"), fields.get("effect", "")
    return f"{kind}: 0,{start},{end},Default,,0,0,0,{effect},{text}\n"


def test_it_reads_ass_with_karaoke_times() -> None:
    first, second = parse((SAMPLES / "fmt-ass.ass").read_text(encoding="utf-8"), 60)
    assert (first.start, first.end, first.text) == (1, 2.5, "Night over town")
    assert [(round(word.start, 2), word.text) for word in first.words] == [
        (1, "Night"),
        (1.4, "over"),
        (1.8, "town"),
    ]
    assert (second.start, second.end, second.text) == (3, 5, "Hear my voice")


def test_it_reads_ssa_and_another_order_of_fields() -> None:
    text = (
        "[Script Info]\nScriptType: v4.00\n[V4 Styles]\nStyle: Default,Arial,20,wrong\n[Events]\n"
        "Format: Marked, Start, End, Text\n"
        "Dialogue: Marked=0,0:00:01.00,0:00:02.00,Hear, my voice\n"
    )
    (line,) = parse(text, 60)
    assert (line.start, line.end, line.text) == (1, 2, "Hear, my voice")


def test_comments_drawings_and_styles_are_not_sung() -> None:
    text = HEAD + FORMAT + event("Night {\\i1}over{\\i0} town") + event("no", kind="Comment")
    assert [line.text for line in parse(text + event("{\\p1}m 0 0 l 9 9{\\p0}"), 60)] == [
        "Night over town"
    ]


def test_of_karaoke_effects_the_lines_they_were_made_of_are_read() -> None:
    text = HEAD + FORMAT + event("{\\k50}Hear {\\k50}me", kind="Comment", effect="karaoke")
    text += event("Hear", effect="fx") + event("me", effect="fx")
    (line,) = parse(text, 60)
    assert line.words == (Word(1, 1.5, "Hear"), Word(1.5, 2, "me"))


def test_an_event_that_cannot_be_read_is_named() -> None:
    text = HEAD + FORMAT + event("one") + event("two", start="soon") + "loose words\n"
    lyrics = parse_lyrics(text, 60)
    assert [line.text for line in lyrics.lines] == ["one"]
    assert [problem.number for problem in lyrics.problems] == [7, 8]
    assert "two" in lyrics.problems[0].text


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("{1}{1}25\n{25}{50}one|two\n{75}{100}three", [(1, 2, "one two"), (3, 4, "three")]),
        ("[10][20]one|/two\n[30][40]three", [(1, 2, "one two"), (3, 4, "three")]),
        ("00:00:01:one|two\n00:00:03:three", [(1, 3, "one two"), (3, 5, "three")]),
    ],
)
def test_it_reads_microdvd_mpl2_and_tmp(text: str, times: list[tuple[float, float, str]]) -> None:
    lines = parse(text, 60)
    assert [line.text for line in lines] == [text for _, _, text in times]
    assert [line.start for line in lines] == [start for start, _, _ in times]


def test_microdvd_without_a_frame_rate_is_refused_by_name() -> None:
    with pytest.raises(LyricsError, match="MicroDVD"):
        parse_lyrics("{25}{50}one\n{75}{100}two", 60)
