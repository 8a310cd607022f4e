"""Sessions: they live on by use, and a poll writes nothing."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import PASSWORD, a_user, a_video
from videos.models import Video
from videos.views import live_status

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
AGE = timedelta(weeks=2)  # Django's age of a session


@pytest.fixture
def me(client):
    user = a_user("ann@example.com")
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return user


def leave(time: timedelta) -> None:
    """Leave the only session so much time until its end."""
    Session.objects.update(expire_date=timezone.now() + time)


def time_left() -> timedelta:
    return Session.objects.get().expire_date - timezone.now()


def writes(queries: CaptureQueriesContext) -> list[str]:
    return [q["sql"] for q in queries if not q["sql"].lstrip("( ").upper().startswith("SELECT")]


def test_a_session_past_half_of_its_age_is_renewed_by_a_page(client, me):
    leave(timedelta(days=6))
    response = client.get("/videos/")
    assert AGE - time_left() < timedelta(minutes=1)
    assert response.cookies["sessionid"]["max-age"] == AGE.total_seconds()
    assert response.cookies["sessionid"]["httponly"]
    assert response.cookies["sessionid"]["samesite"] == "Lax"


def test_a_form_renews_it_too_also_by_htmx(client, me):
    video = a_video(me)
    leave(timedelta(days=6))
    client.post(f"/videos/{video.pk}/visibility/", {"visibility": "public"}, headers=HTMX)
    assert AGE - time_left() < timedelta(minutes=1)


def test_before_half_of_its_age_nothing_is_written(client, me):
    leave(timedelta(days=8))
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/videos/")
    assert writes(queries) == []
    assert "sessionid" not in response.cookies


def test_a_status_poll_writes_nothing_however_old_the_session_is(client, me):
    a_video(me)
    video = Video.objects.with_queue_position().get()
    leave(timedelta(minutes=5))
    for address in (live_status.status_url(video), f"/videos/{video.pk}/status/?v=old", "/videos/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address, headers=HTMX).status_code in {200, 204}
        assert writes(queries) == []
    assert time_left() < timedelta(minutes=6)


def test_a_renewal_keeps_what_another_request_wrote(client, me):
    leave(timedelta(days=1))
    session = client.session
    session["note"] = "another request"
    session.save()
    leave(timedelta(days=1))
    client.get("/videos/")
    assert client.session["note"] == "another request"


def test_an_ended_session_stays_ended(client, me):
    leave(timedelta(seconds=-1))
    assert client.get("/videos/").status_code == 302
    assert not get_user(client).is_authenticated
    assert time_left() < timedelta(0)


def test_visitors_get_no_session(client):
    response = client.get("/")
    assert "sessionid" not in response.cookies
    assert not Session.objects.exists()
