"""Polls for which nothing has changed: who gets the short answer, and who the view's."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.factories import a_finished_video, a_user, a_video
from videos.models import Video
from videos.statuses import DelayReason, Failure, Stage, VideoStatus, Visibility
from videos.views import live_status

pytestmark = pytest.mark.django_db
CHANGES = {
    "stage": {"stage": Stage.DRAWING, "started_at": timezone.now()},
    "fraction": {"stage": Stage.DRAWING, "fraction": 0.5, "seconds_left": 9.6},
    "crash": {"crashed_claims": 1},
    "delay": {"delay_reason": DelayReason.DOWN, "due_at": timezone.now()},
    "visibility": {"visibility": Visibility.PUBLIC},
    "failure": {"status": VideoStatus.GENERATE_MP4_FAILED, "failure": Failure.CANCELLED},
}


@pytest.fixture
def video() -> Video:
    return a_video()


@pytest.fixture
def owner(client: Client, video: Video) -> Client:
    client.force_login(video.owner)
    return client


def address(video: Video) -> str:
    return live_status.status_url(Video.objects.with_queue_position().get(pk=video.pk))


def poll(client: Client, url: str):
    return client.get(url, headers={"HX-Request": "true"})


def test_it_costs_two_queries_and_one_once_the_video_is_being_made(
    owner, video, django_assert_num_queries
):
    url = address(video)
    poll(owner, url)  # fills caches of the process
    with django_assert_num_queries(2):
        assert poll(owner, url).status_code == 204
    Video.objects.filter(pk=video.pk).update(stage=Stage.DRAWING)
    url = address(video)
    with django_assert_num_queries(1):
        response = poll(owner, url)
    assert (response.status_code, response["HX-Trigger"]) == (204, "again-2")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("change", CHANGES)
def test_the_short_answer_is_the_one_of_the_view(owner, video, change):
    before = address(video)
    Video.objects.filter(pk=video.pk).update(**CHANGES[change])
    assert poll(owner, before).status_code == 200  # something changed
    assert poll(owner, address(video)).status_code == 204


def test_a_change_of_the_queue_is_seen(owner, video):
    first = a_video(queue_position_at=video.queue_position_at - timedelta(seconds=5))
    url = address(video)
    assert poll(owner, url).status_code == 204
    first.delete()
    assert poll(owner, url).status_code == 200


def test_an_ended_session_is_refused_at_the_next_poll(owner, video):
    url = address(video)
    assert poll(owner, url).status_code == 204
    Session.objects.all().delete()
    assert poll(owner, url).status_code == 401


def test_so_are_sessions_that_the_owner_ended_or_that_expired(owner, video):
    url = address(video)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert poll(owner, url).status_code == 401
    owner.force_login(video.owner)
    assert poll(owner, url).status_code == 204
    video.owner.end_sessions()
    assert poll(owner, url).status_code == 401


def test_a_person_who_is_switched_off_is_refused(owner, video):
    url = address(video)
    video.owner.is_active = False
    video.owner.save(update_fields=["is_active"])
    assert poll(owner, url).status_code == 401


def test_a_stranger_s_poll_finds_nothing(client, video):
    client.force_login(a_user())
    assert poll(client, address(video)).status_code == 404
    client.cookies["sessionid"] = "x" * 32
    assert poll(client, address(video)).status_code == 401


def test_it_is_no_page_for_browsers(owner, video):
    assert owner.get(address(video))["Location"] == video.get_absolute_url()
    assert owner.post(address(video), headers={"HX-Request": "true"}).status_code == 405


def test_a_finished_film_is_shown(owner):
    film = a_finished_video()
    owner.force_login(film.owner)
    url = address(film)
    assert poll(owner, url).status_code == 204
    assert poll(owner, url.replace("v=", "v=0")).status_code == 200


def without_token(text: str) -> str:
    return re.sub('name="csrfmiddlewaretoken" value="[^"]+"|since=[0-9]+', "", text)


def test_progress_takes_one_query_and_is_the_fragment_of_the_view(
    owner, video, django_assert_num_queries
):
    changes = {"stage": Stage.DRAWING, "fraction": 0.42, "started_at": timezone.now()}
    Video.objects.filter(pk=video.pk).update(**changes)
    before = address(video).replace("v=", "v=0")
    by_view = poll(owner, before)  # there is no token yet
    owner.cookies["csrftoken"] = "c" * 32
    with django_assert_num_queries(1):
        response = poll(owner, before)
    assert "42<small>%" in response.text
    assert without_token(response.text) == without_token(by_view.text)
    assert response["Cache-Control"] == by_view["Cache-Control"]
    assert set(response["Vary"].split(", ")) >= {"HX-Request", "Accept-Language", "Cookie"}


def test_progress_is_in_the_language_of_the_account(owner, video):
    owner.cookies["csrftoken"] = "c" * 32
    video.owner.set_language("ru")
    response = poll(owner, address(video).replace("v=", "v=0"))
    assert response["Content-Language"] == "ru"
    assert "Отмен" in response.text


def test_progress_is_refused_to_an_ended_session(owner, video):
    owner.cookies["csrftoken"] = "c" * 32
    changed = address(video).replace("v=", "v=0")
    assert poll(owner, changed).status_code == 200
    video.owner.end_sessions()
    assert poll(owner, changed).status_code == 401
