"""Captions that roll, as YouTube's do."""

from videos.render.lyrics.rolling_captions import Cue, unroll


def rows_of(cues: list[Cue]) -> list[list[str]]:
    return [cue.rows for cue in unroll(cues)]


def test_what_a_cue_repeats_of_the_one_before_is_left_out():
    cues = [
        Cue(1, 0.0, 2.0, ["one"]),
        Cue(2, 2.0, 2.01, ["one"]),
        Cue(3, 2.01, 4.0, ["one", "<c>two</c>"]),
        Cue(4, 4.0, 4.01, ["two"]),
        Cue(5, 4.01, 6.0, ["two", "three"]),
    ]
    assert rows_of(cues) == [["one"], ["<c>two</c>"], ["three"]]


def test_cues_that_mostly_begin_with_a_repeated_row_roll_too():
    cues = [Cue(n, float(n), n + 1.0, [f"row {n}", f"row {n + 1}"]) for n in range(6)]
    assert rows_of(cues)[1:] == [[f"row {n}"] for n in range(2, 7)]


def test_a_chorus_that_comes_again_stays():
    cues = [Cue(n, 5.0 * n, 5.0 * n + 4, [text]) for n, text in enumerate("abab")]
    assert unroll(cues) == cues


def test_no_cues_are_none():
    assert unroll([]) == []
