"""The page by which visitors report a shared video, and the owner's answer."""

import pytest
from django.test import Client

from tests.factories import a_finished_video, a_playable_track, a_user, an_operator
from videos.models import Report, Review, Video

pytestmark = pytest.mark.django_db


@pytest.fixture
def video() -> Video:
    track = a_playable_track()
    return a_finished_video(track.music_task.owner, track, visibility="public")


def send(client: Client, video: Video, **data: str):
    return client.post(f"/v/{video.slug}/report/", {"reason": "hate"} | data)


def test_a_visitor_reports_without_an_account(client, video):
    assert f"/v/{video.slug}/report/" in client.get(f"/v/{video.slug}/").text
    page = client.get(f"/v/{video.slug}/report/").text
    assert str(video.title) in page
    assert "Choose a reason." in client.post(f"/v/{video.slug}/report/").text
    assert "Thank you" in send(client, video, note="Look at 0:30 <b>").text
    report = Report.objects.get()
    assert (report.reason, report.note, report.reporter) == ("hate", "Look at 0:30 <b>", None)
    client.force_login(video.owner)
    assert "Look at 0:30 &lt;b&gt;" in client.get(f"/videos/{video.pk}/").text


def test_who_is_logged_in_is_noted_and_not_named(client, video):
    ann = a_user("ann@example.com")
    client.force_login(ann)
    send(client, video)
    assert Report.objects.get().reporter == ann
    client.force_login(video.owner)
    assert "ann@example.com" not in client.get(f"/videos/{video.pk}/").text


def test_a_program_that_fills_in_every_field_gets_the_same_thanks(client, video):
    assert "Thank you" in send(client, video, homepage="https://spam.example").text
    assert not Report.objects.exists()


def test_too_many_are_refused(client, video, settings):
    settings.RATION_REPORTS = [1, 10, 60]
    send(client, video)
    answer = send(client, video)
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")


def test_reports_hide_a_video_and_its_owner_answers(client, video, settings):
    settings.REPORT_THRESHOLD = 2
    for address in ("192.0.2.1", "198.51.100.1"):
        assert "Thank you" in send(Client(REMOTE_ADDR=address), video).text
    assert client.get(f"/v/{video.slug}/").status_code == 404
    assert str(video.slug) not in client.get("/").text
    client.force_login(video.owner)
    page = client.get(f"/videos/{video.pk}/").text
    assert "Hatred, threats or violence" in page
    assert "it was reported, and is hidden" in page
    assert "Hidden" in client.get("/videos/").text
    client.post(f"/videos/{video.pk}/answer/", {"answer": "It is a love song."})
    assert Review.objects.get().answer == "It is a love song."
    assert "It is a love song." in client.get(f"/videos/{video.pk}/").text


def test_operators_with_the_right_see_what_they_decide_about(client, video):
    Video.objects.update(hidden_at=video.created_at, visibility="password")
    client.force_login(a_user(is_staff=True))
    assert client.get(f"/v/{video.slug}/").status_code == 404
    client.force_login(an_operator())
    assert str(video.title) in client.get(f"/v/{video.slug}/").text
    Video.objects.update(hidden_at=None)
    assert str(video.title) not in client.get(f"/v/{video.slug}/").text


def test_nobody_else_answers_and_there_must_be_something_to_answer(client, video):
    client.force_login(video.owner)
    address = f"/videos/{video.pk}/answer/"
    page = client.post(address, {"answer": "Why?"}, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    review = Review.objects.open_for(video)
    client.post(address, {"answer": ""})
    client.force_login(a_user())
    assert client.post(address, {"answer": "x"}).status_code == 404
    review.refresh_from_db()
    assert review.answer == ""


def test_the_form_is_not_taken_without_its_token(video):
    assert send(Client(enforce_csrf_checks=True), video).status_code == 403
