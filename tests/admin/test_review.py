"""Reviews in the admin: the queue, and the decisions."""

import pytest
from django.contrib.admin.models import LogEntry

from tests.factories import a_finished_video, an_operator
from videos.models import Review, Video

pytestmark = pytest.mark.django_db
LIST = "/admin/videos/review/"


@pytest.fixture
def operator(client):
    user = an_operator("op@example.com")
    client.force_login(user)
    return user


@pytest.fixture
def review() -> Review:
    review = Review.objects.open_for(a_finished_video(visibility="public"))
    review.reports.create(reason="spam", note="Buy here", network="n" * 32)
    return review


def act(client, review: Review, name: str) -> None:
    client.post(LIST, {"action": name, "_selected_action": [review.pk]})
    review.refresh_from_db()


def test_the_queue_shows_what_was_reported(client, operator, review):
    for query in ("", "?q=Buy", "?decision__exact=", "?hidden_at__isempty=1"):
        assert str(review.video) in client.get(f"{LIST}{query}").text
    page = client.get(f"{LIST}{review.pk}/change/").text
    assert "Buy here" in page
    assert f"/v/{review.video.slug}/" in page
    assert client.get(f"{LIST}add/").status_code == 403


def test_operators_decide_and_it_is_on_record(client, operator, review):
    act(client, review, "take_down")
    assert (review.decision, review.decided_by) == ("taken_down", operator)
    assert Video.objects.get().hidden_at
    act(client, review, "dismiss")
    assert review.decision == "dismissed"
    assert Video.objects.get().hidden_at is None
    assert LogEntry.objects.filter(user=operator).count() == 2
    act(client, review, "dismiss")
    assert LogEntry.objects.count() == 2


def test_a_button_decides_with_a_note_to_the_owner(client, operator, review, mailoutbox):
    forms = {"reports-TOTAL_FORMS": 0, "reports-INITIAL_FORMS": 0}
    data = {**forms, "note": "A copy of another song.", "_take_down": "1"}
    response = client.post(f"{LIST}{review.pk}/change/", data)
    assert response["Location"] == f"{LIST}{review.pk}/change/"
    review.refresh_from_db()
    assert (review.decision, review.note) == ("taken_down", "A copy of another song.")
    assert "A copy of another song." in mailoutbox[-1].body


def test_a_review_goes_with_its_video_only(client, operator, review):
    assert client.post(f"{LIST}{review.pk}/delete/", {"post": "yes"}).status_code == 403
    act(client, review, "delete_selected")
    client.post(f"/admin/videos/video/{review.video_id}/delete/", {"post": "yes"})
    assert not Review.objects.exists()


def test_a_video_that_nobody_reported_is_taken_down(client, operator):
    video = a_finished_video(visibility="public")
    data = {"action": "take_down", "_selected_action": [video.pk]}
    client.post("/admin/videos/video/", data)
    assert Review.objects.get().decision == "taken_down"
    assert LogEntry.objects.get().change_message == "Taken down."
