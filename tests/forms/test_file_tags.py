"""A form of an upload that is filled by what the file says."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from mutagen.id3 import APIC, TIT2
from PIL import Image

from tests import media_files, tagged_songs
from tests.forms.uploads import form_of, save, upload
from videos.models import Track

pytestmark = pytest.mark.django_db


def texts(track: Track) -> dict[str, str]:
    return {
        name: getattr(track, name)
        for name in ("title", "artist", "tags", "language", "comment", "lyrics")
    }


def test_what_the_file_says_is_used():
    track = save(form_of(upload(tagged_songs.mp3())))
    assert texts(track) == {
        "title": "Night over Town",
        "artist": "Test Singer, Second Singer",
        "tags": "Folk, Waltz",
        "language": "eng",
        "comment": tagged_songs.SUNO,
        "lyrics": tagged_songs.LYRICS,
    }
    with Image.open(track.cover.path) as image:
        assert image.size == (48, 48)
    assert track.size == track.audio.size + track.cover.size


def test_what_was_typed_and_chosen_wins():
    typed = {"title": "Typed", "artist": "Somebody", "tags": "pop", "lyrics": "la la"}
    cover = SimpleUploadedFile("c.jpg", media_files.jpeg(8, 8))
    track = save(form_of(upload(tagged_songs.mp3()), typed, cover=cover))
    assert texts(track) | typed == texts(track)
    with Image.open(track.cover.path) as image:
        assert image.size == (8, 8)


def test_what_was_shown_and_emptied_stays_empty():
    fields = {"tags_shown": "True", "title": "", "ignore_embedded_cover": "on"}
    track = save(form_of(upload(tagged_songs.mp3()), fields))
    assert (track.title, track.artist, track.tags, track.lyrics) == ("Night over Town", "", "", "")
    assert not track.cover


def test_lyrics_in_the_file_keep_their_times():
    assert save(form_of(upload(tagged_songs.synced_mp3()))).lyrics == tagged_songs.LRC


def test_what_the_file_says_is_cut_to_what_a_song_can_hold():
    long = TIT2(encoding=3, text="Night over Town " * 40)
    track = save(form_of(upload(tagged_songs.mp3(title=long))))
    assert len(track.title) <= 200
    assert track.title.startswith("Night over Town Night")


def test_a_cover_in_the_file_that_cannot_be_read_is_told_of():
    broken = APIC(encoding=3, mime="image/jpeg", type=3, desc="", data=b"no picture")
    form = form_of(upload(tagged_songs.mp3(cover=broken)))
    assert not save(form).cover
    assert form.warnings == ["The cover in this file cannot be read; it is left out."]
    assert form_of(upload(tagged_songs.mp3())).is_valid()
