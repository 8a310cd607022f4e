"""Tracks: their files, and what is read of them."""

import pytest

from tests.factories import a_playable_track, a_track
from videos.models import Track
from videos.models.track import media_path

pytestmark = pytest.mark.django_db
ID = "0000abcd-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("filename", "suffix"),
    [("a.MP3", ".mp3"), ("../../etc/passwd", ".bin"), ("a.php", ".bin"), ("cover.jpg", ".jpg")],
)
def test_a_file_has_a_name_that_no_person_chose(filename, suffix):
    path = media_path(Track(), filename)
    assert path.startswith("songs/")
    assert path.endswith(suffix)
    assert path != media_path(Track(), filename)
    assert "passwd" not in path


@pytest.mark.parametrize(
    ("comment", "suno_id"),
    [
        (f"made with suno; id={ID.upper()}", ID),
        ("made with suno", ""),
        ("", ""),
    ],
)
def test_sunos_id_is_read_from_the_comment(comment, suno_id):
    assert Track(comment=comment).suno_id == suno_id


def test_the_artist_is_the_suggested_author_cut_to_what_fits():
    assert Track(artist="Mira\nSolène").suggested_author == "Mira Solène"
    assert len(Track(artist="a" * 200).suggested_author) == 50


def test_it_can_be_played_from_here_or_from_its_vendor():
    here, there, nowhere = a_playable_track(), a_track(audio_url="https://a.example/a"), a_track()
    assert set(Track.objects.with_sound()) == {here, there}
    assert [each.has_sound for each in (here, there, nowhere)] == [True, True, False]
    assert [each.has_cover for each in (here, there, nowhere)] == [True, False, False]


def test_word_times_count_unless_they_are_switched_off():
    words = [{"word": "a", "startS": 0, "endS": 1}]
    assert Track(aligned_words=words).active_aligned_words == words
    assert Track(aligned_words=words, use_aligned_words=False).active_aligned_words == []
    assert Track().active_aligned_words == []
