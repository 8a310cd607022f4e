"""One video of a creator: its page, its polls and its buttons."""

import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.factories import a_failed_video, a_finished_video, a_playable_track, a_user, a_video
from videos.models import Event, Video
from videos.statuses import Failure, Stage, VideoStatus

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def video():
    return a_video(track=a_playable_track())


@pytest.fixture
def me(client, video):
    client.force_login(video.owner)
    return video.owner


def poll(client, video, query=""):
    return client.get(f"/videos/{video.pk}/status/{query}", headers=HTMX)


def token(response):
    return parse_qs(urlsplit(response.context["status_url"]).query)["v"][0]


VERBS = ["cancel", "retry", "delete", "visibility"]


@pytest.mark.parametrize("page", ["", "status/"])
def test_strangers_and_visitors_see_nothing(client, video, page):
    address = f"/videos/{video.pk}/{page}"
    assert client.get(address)["Location"].startswith("/accounts/login/")
    client.force_login(a_user())
    assert client.get(address, headers=HTMX).status_code == 404
    assert client.get(f"/videos/8f14e45f-ceea-467a-9575-6d0f3b1c2a11/{page}").status_code == 404


@pytest.mark.parametrize("verb", VERBS)
def test_strangers_and_visitors_change_nothing(client, video, verb):
    before = Video.objects.values().get()
    address = f"/videos/{video.pk}/{verb}/"
    assert client.post(address)["Location"].startswith("/accounts/login/")
    client.force_login(a_user())
    assert client.post(address, {"visibility": "public"}).status_code == 404
    assert Video.objects.values().get() == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_link_changes_nothing(client, me, video, verb):
    assert client.get(f"/videos/{video.pk}/{verb}/").status_code == 405


def test_the_page_shows_progress_history_and_the_address_to_share(client, me, video):
    video.log_event(Event.Kind.ORDERED)
    response = client.get(f"/videos/{video.pk}/")
    assert response.status_code == 200
    assert [event.kind for event in response.context["events"]] == [Event.Kind.ORDERED]
    assert response.context["share_url"] == f"http://testserver/v/{video.slug}/"
    assert response.context["status_url"] in response.content.decode().replace("&amp;", "&")


def test_the_page_says_how_many_are_before(client, me, video):
    for minutes in (1, 2):
        a_video(queue_position_at=video.queue_position_at - timedelta(minutes=minutes))
    assert client.get(f"/videos/{video.pk}/").context["video"].videos_ahead == 2


def test_the_fragment_is_the_one_of_the_page(client, me, video):
    page, fragment = client.get(f"/videos/{video.pk}/"), poll(client, video)
    names = [template.name for template in page.templates]
    assert "videos/_video_status.html" in names
    assert fragment.templates[0].name == "videos/_video_status.html"
    assert "<html" not in fragment.content.decode()
    assert fragment.content.decode().count('id="video-status"') == 1


def test_nothing_new_is_said_without_a_body(client, me, video):
    version = token(poll(client, video))
    response = poll(client, video, f"?v={version}&since={int(time.time())}")
    assert (response.status_code, response.content) == (204, b"")


def test_it_is_asked_ever_less_often(client, me, video):
    version = token(poll(client, video))
    for seconds, again in ((0, 2), (20, 5), (100, 10)):
        since = int(time.time()) - seconds
        response = poll(client, video, f"?v={version}&since={since}")
        assert (response.status_code, response["HX-Trigger"]) == (204, f"again-{again}")


def test_something_new_is_shown_and_asked_for_soon(client, me, video):
    version = token(poll(client, video))
    Video.objects.update(stage=Stage.DRAWING, fraction=0.37, seconds_left=12)
    response = poll(client, video, f"?v={version}&since=1")
    assert response.status_code == 200
    assert response.context["poll"] == 2
    assert "37" in response.content.decode()
    assert token(response) != version


def test_it_moves_up_while_it_waits(client, me, video):
    before = a_video(queue_position_at=video.queue_position_at - timedelta(minutes=1))
    version = token(poll(client, video))
    Video.objects.filter(pk=before.pk).update(status=VideoStatus.SUCCESS)
    response = poll(client, video, f"?v={version}&since=1")
    assert (response.status_code, response.context["video"].videos_ahead) == (200, 0)


@pytest.mark.parametrize("make", [a_finished_video, a_failed_video])
def test_a_final_state_asks_no_more(client, me, make):
    final = make(me)
    response = poll(client, final, "?v=old")
    assert response.status_code == 200
    assert response.context["poll"] is None
    assert "hx-get" not in response.content.decode()
    assert "hx-trigger" not in response.content.decode()


def test_the_film_appears_in_the_fragment(client, me):
    ready = a_finished_video(me)
    assert f'src="/v/{ready.slug}/video.mp4"' in poll(client, ready).content.decode()


def test_a_failure_is_told_in_a_sentence(client, me):
    failed = a_failed_video(me, error_message="This file has no <sound>.")
    body = poll(client, failed).content.decode()
    assert "This file has no &lt;sound&gt;." in body
    assert f"/videos/{failed.pk}/retry/" in body


def test_the_fragment_is_one_query(client, me, video, django_assert_num_queries):
    session_and_user = 2
    with django_assert_num_queries(1 + session_and_user):
        assert token(poll(client, video))


def test_the_fragment_alone_leads_to_the_page(client, me, video):
    response = client.get(f"/videos/{video.pk}/status/")
    assert response["Location"] == f"/videos/{video.pk}/"
    assert "HX-Request" in response["Vary"]
    assert "no-store" in poll(client, video)["Cache-Control"]


def test_it_can_be_cancelled(client, me, video):
    response = client.post(f"/videos/{video.pk}/cancel/")
    assert response["Location"] == f"/videos/{video.pk}/"
    video.refresh_from_db()
    assert video.failure == Failure.CANCELLED
    assert client.post(f"/videos/{video.pk}/cancel/").status_code == 302


def test_it_can_be_tried_again(client, me):
    failed = a_failed_video(me)
    response = client.post(f"/videos/{failed.pk}/retry/", follow=True)
    failed.refresh_from_db()
    assert (failed.status, failed.error_message) == (VideoStatus.PENDING, "")
    assert [str(m) for m in response.context["messages"]] == ["The video is being made again."]
    again = client.post(f"/videos/{failed.pk}/retry/", follow=True)
    assert not list(again.context["messages"])


def test_it_can_be_deleted_and_then_for_good_with_its_files(
    client, me, django_capture_on_commit_callbacks
):
    ready = a_finished_video(me)
    response = client.post(f"/videos/{ready.pk}/delete/")
    assert response["Location"] == f"/videos/?deleted={ready.pk}"
    assert default_storage.exists(ready.film.name)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/videos/{ready.pk}/purge/")
    assert not Video.objects.filter(pk=ready.pk).exists()
    assert not default_storage.exists(ready.film.name)
    assert not default_storage.exists(ready.poster.name)


def test_a_video_of_long_ago_still_shows(client, me):
    old = a_finished_video(me, width=None, height=None, duration=None, size=None, started_at=None)
    Video.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=900))
    assert client.get(f"/videos/{old.pk}/").status_code == 200
