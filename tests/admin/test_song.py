"""Songs in the admin."""

import pytest
from django.core.files.storage import default_storage

from tests.factories import a_playable_track, a_track, a_user, a_video, an_operator
from videos.models import MusicTask, Track

pytestmark = pytest.mark.django_db
TRACKS, TASKS = "/admin/videos/track/", "/admin/videos/musictask/"


@pytest.fixture
def operator(client):
    user = an_operator()
    client.force_login(user)
    return user


def search(client, address, query):
    return set(client.get(address, {"q": query}).context["cl"].queryset)


def test_songs_are_found_by_words_and_any_id(client, operator):
    track = a_track(a_user("ann@example.com"), title="Ночь")
    a_track(a_user("bob@example.com"), title="Day")
    ids = (track.audio_id, track.audio_id.replace("-", ""), track.music_task.task_id[:15])
    for query in ("ночь", "ann@", *ids):
        assert search(client, TRACKS, query) == {track}, query
        assert search(client, TASKS, query) == {track.music_task}, query


def test_a_task_with_many_tracks_comes_once(client, operator):
    task = a_track(title="Same one").music_task
    Track.objects.create(music_task=task, title="Same two")
    changelist = client.get(TASKS, {"q": "same"}).context["cl"]
    assert list(changelist.queryset) == [task]
    assert changelist.queryset.get().track_count == 2


@pytest.mark.parametrize("address", [TRACKS, TASKS])
def test_lists_cost_as_much_for_many_as_for_one(
    client, operator, address, django_assert_max_num_queries
):
    for _ in range(20):
        a_video(track=a_track())
    with django_assert_max_num_queries(10):
        client.get(address)


@pytest.mark.parametrize("address", [TRACKS, TASKS])
def test_nobody_makes_one_here(client, operator, address):
    assert client.get(f"{address}add/").status_code == 403


def test_texts_of_a_song_can_be_edited_and_its_analysis_cannot(client, operator):
    track = a_playable_track()
    form = client.get(f"{TRACKS}{track.pk}/change/").context["adminform"].form
    assert set(form.fields) == {"title", "tags", "lyrics", "lyrics_offset", "use_aligned_words"}
    data = {"title": "Other", "tags": "", "lyrics": "", "lyrics_offset": "0"}
    client.post(f"{TRACKS}{track.pk}/change/", data)
    track.refresh_from_db()
    assert (track.title, track.duration) == ("Other", 1.0)


@pytest.mark.parametrize("address", [TRACKS, TASKS])
@pytest.mark.parametrize("from_list", [True, False])
def test_deleting_takes_the_files_along(
    client, operator, address, from_list, django_capture_on_commit_callbacks
):
    track = a_playable_track()
    pk = track.pk if address == TRACKS else track.music_task.pk
    with django_capture_on_commit_callbacks(execute=True):
        if from_list:
            data = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
            client.post(address, data)
        else:
            client.post(f"{address}{pk}/delete/", {"post": "yes"})
    assert not Track.objects.exists()
    assert not MusicTask.objects.exists()
    assert not default_storage.exists(track.audio.name)
    assert not default_storage.exists(track.cover.name)


@pytest.mark.parametrize("address", [TRACKS, TASKS])
def test_a_song_with_videos_stays(client, operator, address):
    track = a_video(track=a_playable_track()).track
    pk = track.pk if address == TRACKS else track.music_task.pk
    response = client.post(f"{address}{pk}/delete/", {"post": "yes"})
    assert response.status_code == 200
    assert response.context["protected"]
    assert Track.objects.exists()
