"""Which files belong together, and a sentence for each that is not taken."""

import pytest
from django.http import QueryDict

from videos.forms.dropped_files import DroppedFile, DroppedFilesForm, Matching

MEBIBYTE = 1024 * 1024


def match(*names: str, **sizes: int) -> Matching:
    return Matching([DroppedFile(name, sizes.get(name, 9)) for name in names])


def songs_of(matching: Matching) -> list[tuple[str, str, str]]:
    """Return the names of each song's files, "" where it has none."""
    return [
        tuple(
            "" if number is None else matching.files[number].name
            for number in (song.audio, song.cover, song.lyrics)
        )
        for song in matching.songs
    ]


@pytest.mark.parametrize(
    ("names", "songs"),
    [
        (["a.mp3"], [("a.mp3", "", "")]),
        (["b.lrc", "a.wav", "B.MP3", "a.jpg"], [("a.wav", "a.jpg", ""), ("B.MP3", "", "b.lrc")]),
        (["a b.mp3", "A_B.png", "a b.mp3.lrc"], [("a b.mp3", "A_B.png", "a b.mp3.lrc")]),
        (["a.mp3", "front view.webp", "words.txt"], [("a.mp3", "front view.webp", "words.txt")]),
        (
            ["a.mp3", "b.mp3", "b.jpg", "cover.jpg"],
            [("a.mp3", "cover.jpg", ""), ("b.mp3", "b.jpg", "")],
        ),
        (["a.mp3", "a (1).mp3", "a.lrc"], [("a.mp3", "", "a.lrc"), ("a (1).mp3", "", "")]),
        (["a.m4a", "a.srt"], [("a.m4a", "", "a.srt")]),
    ],
)
def test_files_of_one_name_belong_together(names, songs):
    matching = match(*names)
    assert songs_of(matching) == songs
    assert matching.refusals == []


@pytest.mark.parametrize(
    ("names", "sizes", "sentence"),
    [
        (["a.mp3", "x.pdf"], {}, "x.pdf is neither a song nor a cover nor lyrics."),
        (["a.mp3", "x"], {}, "x is neither a song nor a cover nor lyrics."),
        (["a.mp3", "b.mp3"], {"b.mp3": 0}, "b.mp3 is empty."),
        (["a.mp3", "b.mp3"], {"b.mp3": 201 * MEBIBYTE}, "b.mp3 has 201 MB; 200 MB are the limit."),
        (["a.mp3", "a.lrc"], {"a.lrc": 2 * MEBIBYTE}, "a.lrc has 2 MB; 1 MB are the limit."),
        (["x.lrc"], {}, "x.lrc belongs to no song here: give the lyrics the name of"),
        (["a.mp3", "b.mp3", "x.jpg"], {}, "x.jpg belongs to no song here: give the picture the"),
        (["a.mp3", "a.wav"], {}, "a.wav has the name of another song, a.mp3, which is taken."),
        (["a.mp3", "a.jpg", "a.png"], {}, "a.png is left out: the song of this name has another"),
        (["a.mp3", "a.lrc", "a.txt"], {}, "a.txt is left out: the song of this name has other ly"),
    ],
)
def test_what_is_not_taken_gets_a_sentence_and_the_others_go_on(names, sizes, sentence):
    matching = match(*names, **sizes)
    (refusal,) = matching.refusals
    assert refusal.sentence.startswith(sentence)
    assert [song[0] for song in songs_of(matching)] == ["a.mp3"][: len(names) - 1] or len(names) > 2


def test_twenty_songs_of_thirty_are_taken():
    matching = match(*(f"{number}.mp3" for number in range(30)))
    assert len(matching.songs) == 20
    assert matching.refusals[0].sentence == "20.mp3 is one song too many: drop it after these 20."
    assert len(matching.refusals) == 10


def test_the_page_tells_names_and_sizes():
    data = QueryDict("total=3&name=a.mp3&size=9&name=b.mp3&size=x")
    form = DroppedFilesForm(data)
    assert form.is_valid()
    matching = form.match()
    assert songs_of(matching) == [("a.mp3", "", "")]
    assert matching.refusals[0].sentence.startswith("2 files more were dropped")
    assert not DroppedFilesForm(QueryDict("name=a.mp3")).is_valid()
