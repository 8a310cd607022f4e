"""Text of which characters were lost before it came to us."""

import pytest

from videos.render.lyrics.lines import LyricsError
from videos.render.lyrics.lost_characters import MAX_EXCERPT, check_characters, check_utf8


def test_whole_text_passes():
    check_characters("été\nnuit")
    check_utf8("été\nnuit".encode())
    check_utf8(b"plain")
    check_utf8("été\nnuit".encode("latin-1"))  # another encoding altogether


def test_the_line_of_a_lost_character_is_named():
    with pytest.raises(LyricsError, match=r"Line 2 \(“nu�t”\): a character is lost"):
        check_characters("été\nnu�t")


def test_broken_bytes_within_utf8_are_named():
    data = "été à la mer\nnuit d'".encode() + b"\xe9" + "té étoilée".encode()
    with pytest.raises(LyricsError, match=r"Line 2 .*bytes are broken"):
        check_utf8(data)


def test_a_file_that_was_cut_is_told_of():
    with pytest.raises(LyricsError, match="copied only in part"):
        check_utf8("été à la mer, étoilée é".encode()[:-1])


def test_a_long_line_is_quoted_in_part():
    with pytest.raises(LyricsError) as caught:
        check_characters("x" * 500 + "�")
    assert f"{'x' * (MAX_EXCERPT - 1)}…" in str(caught.value)
    assert "x" * MAX_EXCERPT not in str(caught.value)


@pytest.mark.parametrize(
    "line",
    ["Donï¿½t wait", "DonпїЅt wait", "DonÔøΩt wait", "DonО©╫t wait", "Don锟斤拷t wait",
     "“Helloâ€ she said", "“Helloâ\x80 she said", "déjÃ vu"],
)  # fmt: skip
def test_what_is_left_of_a_lost_character_is_named(line):
    with pytest.raises(LyricsError, match=r"^Line 2 .*a character is lost there"):
        check_characters(f"la la\n{line}\nla")


@pytest.mark.parametrize(
    "line", ["Ã", "SÃO PAULO, MAÇÃ", "¿Qué pasó? ½", "â la mode", "5 €", "‚Ähnlich‘"]
)
def test_what_may_be_right_is_not_lost(line):
    check_characters(line)
