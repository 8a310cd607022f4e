"""Videos in the admin."""

from urllib.parse import unquote

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage

from tests.factories import (
    a_failed_video,
    a_finished_video,
    a_playable_track,
    a_track,
    a_user,
    a_video,
    an_operator,
)
from videos.models import Video
from videos.statuses import Failure, Stage, VideoStatus

pytestmark = pytest.mark.django_db
LIST = "/admin/videos/video/"


@pytest.fixture
def operator(client):
    user = an_operator()
    client.force_login(user)
    return user


def search(client, **query):
    response = client.get(LIST, query)
    assert response.status_code == 200
    return set(response.context["cl"].queryset)


def test_orders_that_the_vendor_may_have_taken_are_not_repeated_by_the_dozen(client, operator):
    unclear = a_failed_video(provider="crun", failure=Failure.UNKNOWN)
    others = [a_failed_video(), a_failed_video(provider="crun", failure=Failure.VENDOR)]
    shown = run_action(client, "retry", unclear, *others)
    assert any("Left out, because the vendor may have made them" in text for text in shown)
    assert any("2 videos are made again" in text for text in shown)
    unclear.refresh_from_db()
    assert unclear.is_final
    run_action(client, "retry", unclear)  # who chooses it alone has decided
    unclear.refresh_from_db()
    assert not unclear.is_final


def run_action(client, action, *videos):
    data = {"action": action, "_selected_action": [video.pk for video in videos]}
    response = client.post(LIST, data, follow=True)
    return [str(message) for message in response.context["messages"]]


def page(video):
    return f"{LIST}{video.pk}/change/"


def test_only_operators_come_in(client):
    for address in (LIST, page(a_video()), "/admin/"):
        last = client.get(address, follow=True).redirect_chain[-1][0]
        assert unquote(last).startswith("/accounts/login/?next=/admin/")
    client.force_login(a_user())
    assert client.get(LIST).status_code in {302, 403}
    assert client.get("/admin/login/").status_code == 403


def test_the_list_shows_what_an_operator_asks(client, operator):
    video = a_video(stage=Stage.DRAWING, fraction=0.42, fencing_token=7)
    a_finished_video(size=3 * 1024 * 1024)
    body = client.get(LIST).content.decode()
    for text in (video.owner.email, "Drawing the frames 42 %", "3.0", ">7<"):
        assert text in body


def test_the_list_costs_as_much_for_many_as_for_one(
    client, operator, django_assert_max_num_queries
):
    for _ in range(20):
        a_video(track=a_track())
    with django_assert_max_num_queries(9):
        client.get(LIST)


def test_it_is_found_by_words_and_any_id(client, operator):
    video = a_video(a_user("ann.lee@example.com"), a_track(title="Ночь"))
    a_video(a_user("bob@example.com"), a_track(title="Day"))
    for query in (
        "ночь", "ann.lee@example.com", str(video.pk), video.pk.hex, str(video.pk)[:20], video.slug,
        video.track.audio_id, video.track.music_task.task_id, video.track.music_task.task_id[:8],
    ):  # fmt: skip
        assert search(client, q=query) == {video}, query
    assert search(client, q="nothing") == set()


def test_it_is_filtered(client, operator):
    waiting, failed = a_video(), a_failed_video()
    assert search(client, status__exact="PENDING") == {waiting}
    assert search(client, failure__exact="render") == {failed}
    assert search(client, stage__exact="queued", provider__exact="builtin") == {waiting, failed}


def test_failed_ones_are_tried_again(client, operator):
    failed, other = a_failed_video(), a_failed_video()
    ready = a_finished_video()
    assert run_action(client, "retry", failed, other, ready) == ["2 videos are made again."]
    assert Video.objects.pending().count() == 2
    assert run_action(client, "retry", ready) == ["There was nothing to do."]


def test_waiting_ones_are_cancelled(client, operator):
    video = a_video()
    assert run_action(client, "cancel", video) == ["1 video was cancelled."]
    video.refresh_from_db()
    assert video.failure == Failure.CANCELLED


def test_the_page_has_the_buttons_that_make_sense(client, operator):
    for video, shown in (
        (a_video(), {"_cancel"}),
        (a_failed_video(), {"_retry"}),
        (a_finished_video(), set()),
    ):
        body = client.get(page(video)).content.decode()
        assert {name for name in ("_cancel", "_retry") if f'name="{name}"' in body} == shown


def test_the_buttons_work(client, operator):
    video = a_video()
    fields = {"author": video.author, "domain_name": video.domain_name, "visibility": "private"}
    history = {"events-TOTAL_FORMS": 0, "events-INITIAL_FORMS": 0}
    response = client.post(page(video), {**fields, **history, "_cancel": "1"})
    assert response["Location"] == page(video)
    video.refresh_from_db()
    assert video.failure == Failure.CANCELLED
    client.post(page(video), {**fields, **history, "_retry": "1"})
    video.refresh_from_db()
    assert video.status == VideoStatus.PENDING


def test_what_workers_write_cannot_be_typed(client, operator):
    video = a_video()
    form = client.get(page(video)).context["adminform"].form
    editable = {"author", "domain_name", "visibility", "embedding_allowed", "download_allowed"}
    editable.add("shared_until")
    assert set(form.fields) == editable


def test_saving_writes_over_no_worker(client, operator, monkeypatch):
    video = a_video()
    save = Video.save

    def meanwhile(self, *args, **kwargs):
        Video.objects.filter(pk=self.pk).update(fraction=0.9)
        save(self, *args, **kwargs)

    monkeypatch.setattr(Video, "save", meanwhile)
    data = {"author": "New", "domain_name": video.domain_name, "visibility": "private"}
    client.post(page(video), {**data, "events-TOTAL_FORMS": 0, "events-INITIAL_FORMS": 0})
    video.refresh_from_db()
    assert (video.author, video.fraction) == ("New", 0.9)


def test_its_history_is_there_to_be_read(client, operator):
    video = a_failed_video()
    video.log_event("failed", "The renderer broke.")
    response = client.get(page(video))
    assert "The renderer broke." in response.content.decode()
    formset = response.context["inline_admin_formsets"][0]
    assert not formset.has_add_permission
    assert not formset.has_delete_permission


def test_nobody_makes_one_here(client, operator):
    assert client.get(f"{LIST}add/").status_code == 403


@pytest.mark.parametrize("from_list", [True, False])
def test_deleting_takes_the_files_along(
    client, operator, from_list, django_capture_on_commit_callbacks
):
    video = a_finished_video(track=a_playable_track())
    with django_capture_on_commit_callbacks(execute=True):
        if from_list:
            data = {"action": "delete_selected", "_selected_action": [video.pk], "post": "yes"}
            response = client.post(LIST, data)
        else:
            response = client.post(f"{LIST}{video.pk}/delete/", {"post": "yes"})
    assert response.status_code == 302
    assert not Video.objects.exists()
    assert not default_storage.exists(video.film.name)
    assert not default_storage.exists(video.poster.name)
    assert default_storage.exists(video.track.audio.name)


def test_no_link_leads_to_a_file_that_nobody_serves(client, operator):
    video = a_finished_video(track=a_playable_track())
    body = client.get(page(video)).content.decode()
    assert video.film.name in body
    assert f'href="{video.film.name}' not in body
    assert f'href="/{video.film.name}' not in body


def test_the_log_of_the_admin_tells_who_did_what(client, operator):
    video = a_video(operator)
    run_action(client, "cancel", video)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (operator, str(video.pk))
    assert entry.get_change_message() == "Cancelled."
    run_action(client, "cancel", video)  # there was nothing to do
    assert LogEntry.objects.count() == 1
