"""The page of a video that a vendor makes."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_finished_video, a_track, a_user
from tests.standin import StandIn
from tests.standin.records import Film
from tests.vendor_videos import a_vendor_video, at_vendor
from videos.models import User, Video
from videos.statuses import DelayReason, Failure, VideoStatus

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def vendor(vendor: StandIn, settings) -> StandIn:
    """Return a stand-in that is set up as two vendors, so that there is another one to try."""
    settings.VENDORS |= {"crun": vendor.settings}
    return vendor


@pytest.fixture
def me(client) -> User:
    me = a_user()
    client.force_login(me)
    return me


def page(client, video: Video) -> str:
    return client.get(f"/videos/{video.pk}/").content.decode()


def poll(client, video: Video, query: str = ""):
    return client.get(f"/videos/{video.pk}/status/{query}", headers={"HX-Request": "true"})


def test_there_is_no_made_up_percentage(client, me, vendor):
    body = page(client, a_vendor_video(me, vendor))
    assert "kie.ai is making the film" in body
    assert "Usually one to four minutes" in body
    assert "<small>%</small>" not in body
    assert "no public address" in body


def test_the_vendors_news_reach_an_open_page(client, me, vendor):
    film = Film("m", "a", "http://127.0.0.1:9/", "", "")
    vendor.films[film.task_id] = film
    video = a_vendor_video(me, vendor, vendor_task_id=film.task_id)
    for _ in range(3):
        assert 'data-status="PENDING"' in poll(client, video).content.decode()
    assert vendor.count("GET", "mp4/record-info") == 1
    vendor.finish()
    Video.objects.update(polled_at=None)
    assert poll(client, video, "?at=PENDING")["HX-Refresh"] == "true"
    assert "which deletes it in 13 days" in page(client, video)


@pytest.mark.parametrize(
    ("delay_reason", "words"),
    [
        (DelayReason.DOWN, "does not answer"),
        (DelayReason.MAINTENANCE, "under maintenance"),
        (DelayReason.THROTTLED, "takes no more orders"),
        (DelayReason.REFUSED, "refuses our account"),
    ],
)
def test_what_is_in_the_way_is_said_with_the_time_of_the_next_question(
    client, me, vendor, delay_reason, words
):
    video = a_vendor_video(me, vendor, delay_reason=delay_reason, polled_at=timezone.now())
    body = page(client, video)
    assert words in body
    assert "kie.ai is asked again at" in body
    assert video.due_at.strftime("%H:%M:%S") in body


def test_a_film_that_is_not_ours_plays_from_the_vendor_and_from_there_only(client, me, vendor):
    video = at_vendor(me, vendor)
    response = client.get(f"/videos/{video.pk}/")
    body = response.content.decode()
    assert "which deletes it in 13 days" in body
    policy = response["Content-Security-Policy"]
    assert f"media-src 'self' {vendor.url};" in f"{policy};"
    film = client.get(f"/v/{video.slug}/video.mp4")
    assert (film.status_code, film["Location"]) == (302, video.vendor_url)
    assert film["Cache-Control"] == "no-store"
    other = client.get(f"/videos/{a_finished_video(me).pk}/")
    assert vendor.url not in other["Content-Security-Policy"]


def test_its_share_page_plays_it_too_and_names_no_picture(client, me, vendor):
    video = at_vendor(me, vendor, visibility="unlisted")
    client.logout()
    response = client.get(f"/v/{video.slug}/")
    assert response.status_code == 200
    assert vendor.url in response["Content-Security-Policy"]
    assert vendor.url not in response.content.decode()
    assert "og:image" not in response.content.decode()
    Video.objects.filter(pk=video.pk).update(visibility="private")
    assert client.get(f"/v/{video.slug}/video.mp4").status_code == 404


@pytest.mark.parametrize(
    "url", ["https://a.example;script-src *", "https://ü.example/f", "ftp://x"]
)
def test_a_strange_address_opens_no_policy(client, me, vendor, url):
    policy = client.get(f"/videos/{at_vendor(me, vendor, vendor_url=url).pk}/")[
        "Content-Security-Policy"
    ]
    assert "media-src 'self';" in f"{policy};"
    assert "*" not in policy


def test_a_page_that_saw_the_video_pending_is_loaded_again(client, me, vendor):
    video = at_vendor(me, vendor)
    response = poll(client, video, "?v=old&at=PENDING")
    assert response["HX-Refresh"] == "true"
    again = poll(client, video, "?v=old&at=SUCCESS")
    assert "HX-Refresh" not in again
    assert 'data-poll-seconds="2"' in again.content.decode()


def test_a_copy_that_fails_says_why_and_when_it_is_tried_again(client, me, vendor):
    video = at_vendor(me, vendor, copy_error="The server <b>lies</b>.", copy_failures=3)
    body = page(client, video)
    assert "The server &lt;b&gt;lies&lt;/b&gt;." in body
    assert "It is tried again at" in body
    assert "Make it here" in body


def test_the_vendors_answer_is_shown_and_harmless(client, me, vendor):
    record = {"errorMessage": "</pre><script>alert(1)</script>", "taskId": "v-1"}
    body = page(client, a_vendor_video(me, vendor, vendor_record=record))
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)" in body


def failed(me: User, vendor: StandIn, failure: str = "credits") -> Video:
    return a_vendor_video(
        me,
        vendor,
        status=VideoStatus.CREATE_TASK_FAILED,
        failure=failure,
        error_message="No credits left.",
        due_at=None,
        vendor_task_id="",
    )


def test_a_failure_offers_everybody_else(client, me, vendor):
    body = page(client, failed(me, vendor))
    assert "No credits left." in body
    for words in ("Try again", "Try with Crun", "Make it here"):
        assert words in body


@pytest.mark.parametrize("provider", ["builtin", "crun", "kie", ""])
def test_it_goes_on_with_whom_the_creator_chooses(client, me, vendor, provider):
    video = failed(me, vendor)
    client.post(f"/videos/{video.pk}/retry/", {"provider": provider})
    video.refresh_from_db()
    assert (video.status, video.provider) == (VideoStatus.PENDING, provider or "kie")


def test_a_provider_that_is_not_offered_is_refused(client, me, vendor):
    video = failed(me, vendor)
    client.post(f"/videos/{video.pk}/retry/", {"provider": "sunoapi"})
    video.refresh_from_db()
    assert video.is_final


def test_a_task_that_the_creator_found_is_followed(client, me, vendor):
    video = failed(me, vendor, "exists")
    assert "Follow this task" in page(client, video)
    client.post(f"/videos/{video.pk}/adopt/", {"vendor_task_id": "not an id"})
    video.refresh_from_db()
    assert video.is_final
    client.post(f"/videos/{video.pk}/adopt/", {"vendor_task_id": "found-1"})
    video.refresh_from_db()
    assert (video.status, video.vendor_task_id) == (VideoStatus.PENDING, "found-1")
    client.force_login(a_user())
    assert client.post(f"/videos/{video.pk}/adopt/", {"vendor_task_id": "x"}).status_code == 404


def test_the_library_shows_what_is_at_risk(client, me, vendor):
    at_vendor(me, vendor)
    a_finished_video(me, a_track(me, title="Safe and sound"))
    body = client.get("/videos/").content.decode()
    assert "13 days left" in body
    body = client.get("/videos/?status=at_risk").content.decode()
    assert "Northern Lights" in body
    assert "Safe and sound" not in body


def test_a_question_for_news_is_few_queries(client, me, vendor, django_assert_max_num_queries):
    video = a_vendor_video(me, vendor, polled_at=timezone.now())
    with django_assert_max_num_queries(3):  # the session, the user, the video
        poll(client, video)


@pytest.mark.parametrize(
    ("left", "note", "chip"),
    [
        (timedelta(days=13, hours=5), "deletes it in 13 days", "13 days left"),
        (timedelta(days=1, hours=1), "deletes it in 1 day.", "1 day left"),
        (timedelta(hours=5), "deletes it today", "Last day"),
        (timedelta(hours=-5), "may have deleted it by now", "Time is up"),
    ],
)
def test_the_days_that_are_left_are_told_to_the_end(client, me, vendor, left, note, chip):
    expires_at = timezone.now() + left
    video = at_vendor(me, vendor, expires_at=expires_at, copy_failures=9, copy_error="Away.")
    assert note in page(client, video)
    assert chip in client.get("/videos/").content.decode()


def test_who_has_to_look_there_is_not_sent_to_try_again_first(client, me, vendor):
    failed = {"status": VideoStatus.CREATE_TASK_FAILED, "due_at": None}
    video = a_vendor_video(me, vendor, failure=Failure.EXISTS, **failed)
    primary = re.findall(r'button-primary" type="submit">(.*?)</button>', page(client, video))
    assert [re.sub("<.*?>", "", words) for words in primary] == ["Follow this task"]
    Video.objects.update(failure=Failure.CREDITS)
    assert "Follow this task" not in page(client, video)
