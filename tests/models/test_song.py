"""Songs: music tasks and their tracks."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from tests.factories import a_playable_track, a_track, a_user
from videos.models import MusicTask, Track
from videos.models.song import media_path
from videos.statuses import MusicStatus

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


def test_of_each_person_two_songs_are_fetched_at_a_time():
    owner, other = a_user(), a_user()
    now = timezone.now()
    for _ in range(2):  # these are being fetched
        MusicTask.objects.create(owner=owner, crashed_claims=1, due_at=now + timedelta(minutes=1))
    MusicTask.objects.create(owner=owner, due_at=now)
    free = MusicTask.objects.create(owner=other, due_at=now)
    assert list(MusicTask.objects.fetchable()) == [free]


def test_an_import_ends_with_its_song_or_with_a_reason():
    task = MusicTask.objects.create(owner=a_user(), due_at=timezone.now())
    assert task.mark_fetched()
    assert (task.status, task.due_at, task.is_final) == (MusicStatus.SUCCESS, None, True)
    task = MusicTask.objects.create(owner=a_user(), due_at=timezone.now())
    assert task.mark_fetch_failed("x" * 600)
    assert (task.status, task.error_message) == (MusicStatus.GENERATE_AUDIO_FAILED, "x" * 500)


def test_a_person_has_a_task_of_a_vendor_once():
    track = a_track()
    task = track.music_task
    with pytest.raises(IntegrityError):
        MusicTask.objects.create(owner=task.owner, provider=task.provider, task_id=task.task_id)
