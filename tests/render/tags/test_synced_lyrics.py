from videos.render.lyrics import parse
from videos.render.tags.synced_lyrics import SyncedText, format_lrc


def lrc(*entries: tuple[str, int]) -> str:
    return format_lrc([SyncedText(*entry) for entry in entries])


def test_each_entry_is_a_line_where_nothing_tells_otherwise():
    assert lrc(("Night", 1000), ("Rain", 61_500)) == "[00:01.00]Night\n[01:01.50]Rain"


def test_breaks_before_or_after_entries_end_lines():
    expected = "[00:01.00]Night\n[00:02.00]Rain"
    assert lrc(("Night", 1000), ("\nRain", 2000)) == expected
    assert lrc(("Night\n", 1000), ("Rain\n", 2000)) == expected


def test_words_get_their_own_times():
    text = lrc(("Night ", 1000), ("over", 1400), ("\nRain", 2000))
    assert text == "[00:01.00]<00:01.00>Night <00:01.40>over\n[00:02.00]Rain"
    first, second = parse(text, 10.0)
    assert (first.text, second.text) == ("Night over", "Rain")
    assert [word.start for word in first.words] == [1.0, 1.4]


def test_syllables_without_breaks_are_parted_where_the_singer_waits():
    text = lrc(("Night", 1000), (" over", 1400), ("Rain", 9000), (" falls", 9500))
    assert text.count("\n") == 1
    assert text.startswith("[00:01.00]<00:01.00>Night<00:01.40> over\n[00:09.00]")
