"""The tags of a song in one form."""

import pytest

from videos.render.tags.song_tags import RawTags, SongTags, clean_line, clean_lyrics, join_names


def tags_of(**texts: list[str]) -> SongTags:
    raw = RawTags()
    for name, values in texts.items():
        raw.add(name, values)
    return raw.to_song_tags()


def test_a_file_that_says_nothing_has_empty_tags():
    assert tags_of() == SongTags()
    assert tags_of(title=["", " \0"]) == SongTags()


def test_several_values_are_one_and_each_is_there_once():
    assert tags_of(artist=["A", "B\0A"], genre=["pop", "pop"]) == SongTags(
        artist="A, B", genre="pop"
    )
    assert join_names(["A\0B", " B "]) == "A, B"


def test_the_artists_of_the_album_stand_in_for_missing_ones():
    assert tags_of(albumartist=["X"], artist=[" "]).artist == "X"
    assert tags_of(albumartist=["X"], artists=["Y"]).artist == "Y"


def test_only_a_comment_that_tells_of_suno_is_a_comment():
    made = "made with suno; created=2026-11-01T10:00:00Z"
    assert tags_of(comment=["bought at a shop", made]).comment == made
    assert tags_of(comment=["bought at a shop"]).comment == ""


@pytest.mark.parametrize(("text", "language"), [("deu", "deu"), ("und", ""), ("eng, deu", "eng")])
def test_a_language_that_is_none_is_left_out(text, language):
    assert tags_of(language=[text]).language == language


def test_lyrics_with_times_come_first_then_those_with_stamps():
    raw = RawTags()
    raw.add("lyrics", ["plain", "[00:01.00]stamped"])
    assert raw.to_song_tags().lyrics == "[00:01.00]stamped"


def test_the_front_cover_is_taken_else_the_first_picture():
    assert RawTags(covers=[(4, b"back"), (3, b"front")]).to_song_tags().cover == b"front"
    assert RawTags(covers=[(4, b""), (5, b"leaflet")]).to_song_tags().cover == b"leaflet"


def test_lines_and_lyrics_are_cleaned():
    assert clean_line("a\0 b\n\tc") == "a b c"
    assert clean_lyrics("\ufeffa\r\nb\u2028c\x07\n") == "a\nb\nc"
