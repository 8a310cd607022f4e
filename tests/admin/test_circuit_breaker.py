"""Vendors in the admin."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_finished_video, a_video, an_operator
from tests.vendor_videos import at_vendor
from videos.models import Circuit, Video

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/videos/circuit/"


@pytest.fixture
def operator(client):
    operator = an_operator()
    client.force_login(operator)
    return operator


def test_every_vendor_is_listed_with_its_state_and_credits(client, operator, vendor):
    body = client.get(LIST).content.decode()
    assert "kie.ai" in body
    assert "87.5" in body
    assert ">up<" in body
    assert vendor.key not in body
    client.get(LIST)
    assert vendor.count("GET", "credit") == 1


def test_a_vendor_that_hangs_does_not_keep_the_page(client, operator, vendor, monkeypatch):
    monkeypatch.setattr("videos.pipeline.vendor_calls.PAGE_TIMEOUT", 0.5)
    vendor.breaks("credit", "hang")
    began = time.monotonic()
    assert "not asked yet" in client.get(LIST).content.decode()
    assert time.monotonic() - began < 3


def test_a_vendor_that_is_down_can_be_asked_again(client, operator, vendor):
    later = timezone.now() + timedelta(minutes=5)
    Circuit.objects.create(provider="kie", failures=9, open_until=later, last_error="No answer.")
    body = client.get(LIST).content.decode()
    assert ">down<" in body
    assert "No answer." in body
    client.post(LIST, {"action": "close_circuits", "_selected_action": ["kie"]})
    assert not Circuit.objects.get().is_open


def test_films_at_risk_can_be_found_and_copied(client, operator, vendor):
    video = at_vendor(operator, vendor, due_at=timezone.now() + timedelta(hours=1))
    body = client.get("/admin/videos/video/?copy=risk").content.decode()
    assert "at risk: 1\xa0week left" in body
    data = {"action": "copy_now", "_selected_action": [video.pk]}
    client.post("/admin/videos/video/", data)
    assert Video.objects.get().due_at <= timezone.now()


def test_a_film_goes_on_with_our_renderer(client, operator, vendor):
    video = at_vendor(operator, vendor)
    client.post(f"/admin/videos/video/{video.pk}/change/", {"_render_here": "1"} | fields(video))
    assert Video.objects.get().provider == "builtin"


def test_what_the_vendor_said_is_shown(client, operator, vendor):
    video = at_vendor(operator, vendor, vendor_record={"said": "<b>no</b>"})
    body = client.get(f"/admin/videos/video/{video.pk}/change/").content.decode()
    assert "&lt;b&gt;no&lt;/b&gt;" in body


def fields(video: Video) -> dict[str, str]:
    return {
        "author": video.author,
        "domain_name": video.domain_name,
        "visibility": video.visibility,
        "events-TOTAL_FORMS": "0",
        "events-INITIAL_FORMS": "0",
    }


def test_the_films_that_run_out_of_time_are_found(client, operator):
    now = timezone.now()
    risk = {"provider": "kie", "status": "SUCCESS", "copy_error": "Away."}
    hours = {"over": -3, "today": 9, "soon": 100, "later": 300}
    made = {
        name: a_video(expires_at=now + timedelta(hours=left), **risk)
        for name, left in hours.items()
    }
    a_finished_video(expires_at=now)
    for choice, expected in (
        ("risk", set(made)),
        ("week", {"over", "today", "soon"}),
        ("day", {"over", "today"}),
    ):
        response = client.get(f"/admin/videos/video/?copy={choice}")
        assert set(response.context["cl"].queryset) == {made[name] for name in expected}
    assert "the vendor may have deleted it" in response.content.decode()
