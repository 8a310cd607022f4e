"""A person's webhooks and the key that signs them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.accounts.people import force_login
from tests.factories import a_delivery, a_finished_video, a_track, a_user
from videos.models import Delivery, DeliveryAttempt, User, WebhookKey

pytestmark = pytest.mark.django_db
PAGE = "/account/webhooks/"
URL = "https://client.example/hook?of=1"
State = Delivery.State


@pytest.fixture
def user(client):
    user = a_user()
    force_login(client, user)
    return user


def create_delivery(owner: User, title: str = "Northern Lights", **fields: object) -> Delivery:
    track = a_track(owner, title=title)
    video = a_finished_video(owner, track, webhook_url=URL, webhook_family="suno")
    return a_delivery(video, **fields)


def resend_url(delivery: Delivery) -> str:
    return f"{PAGE}{delivery.pk}/resend/"


def test_visitors_are_asked_to_log_in(client):
    delivery = create_delivery(a_user(), state=State.FAILED, due_at=None)
    assert client.get(PAGE)["Location"].startswith("/accounts/login/")
    for address in (resend_url(delivery), f"{PAGE}key/"):
        assert client.post(address)["Location"].startswith("/accounts/login/")
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED
    assert not WebhookKey.objects.exists()


@pytest.mark.parametrize("method", ["get", "head"])
def test_the_address_that_it_had_before_leads_there_for_good(client, user, method):
    response = getattr(client, method)("/account/callbacks/")
    assert (response.status_code, response["Location"]) == (301, PAGE)
    assert client.post("/account/callbacks/").status_code == 405
    client.logout()
    login = client.get("/account/callbacks/")
    assert (login.status_code, login["Location"].partition("?")[0]) == (302, "/accounts/login/")


def test_it_lists_what_was_sent_with_each_call(client, user):
    delivery = create_delivery(
        user, state=State.FAILED, due_at=None, attempt_count=2, last_error="It answered 502."
    )
    for status, error in ((None, "Nobody knows the receiver's name."), (502, "It answered 502.")):
        DeliveryAttempt.objects.create(
            delivery=delivery,
            status_code=status,
            error=error,
            milliseconds=31,
            response_excerpt="<b>bad</b>",
        )
    body = client.get(PAGE).content.decode()
    for text in (
        "Northern Lights", "client.example:443", "Given up", "It answered 502.", "2 calls",
        "Nobody knows the receiver&#x27;s name.", "31 ms", "&lt;b&gt;bad&lt;/b&gt;", "hook?of=1",
        f"/videos/{delivery.video.pk}/", resend_url(delivery),
    ):  # fmt: skip
        assert text in body, text


def test_it_says_when_the_next_call_is(client, user):
    later = timezone.now() + timedelta(minutes=5)
    delivery = create_delivery(user, due_at=later, attempt_count=2, last_error="It answered 500.")
    body = client.get(PAGE).content.decode()
    assert "next call:" in body
    assert later.strftime("%Y-%m-%d %H:%M") in body
    Delivery.objects.filter(pk=delivery.pk).update(state=State.DELIVERED, due_at=None)
    body = client.get(PAGE).content.decode()
    assert "next call:" not in body
    assert "It answered 500." not in body


def test_a_placeholder_is_shown_as_what_was_given(client, user):
    video = a_finished_video(user, a_track(user), webhook_url="playground")
    a_delivery(video, state=State.REFUSED, due_at=None)
    body = client.get(PAGE).content.decode()
    assert "playground" in body
    assert "Never called" in body


def test_without_any_it_says_so(client, user):
    assert "No program has given an address yet." in client.get(PAGE).content.decode()


def test_nobody_sees_another_s(client, user):
    create_delivery(a_user(), "Somebody Else’s")
    body = client.get(PAGE).content.decode()
    assert "Somebody Else’s" not in body
    assert "client.example" not in body


def test_the_last_twenty_cost_as_much_as_one(client, user, django_assert_max_num_queries):
    for n in range(22):
        delivery = create_delivery(user, f"Song {n:02}")
        DeliveryAttempt.objects.create(delivery=delivery, status_code=500)
    with django_assert_max_num_queries(7):
        body = client.get(PAGE).content.decode()
    assert body.count("Send again") == 20
    assert "Song 21" in body
    assert "Song 01" not in body


def test_it_is_sent_again(client, user, django_capture_on_commit_callbacks):
    delivery = create_delivery(user, state=State.FAILED, due_at=None, attempt_count=4)
    with django_capture_on_commit_callbacks() as wakes:
        response = client.post(resend_url(delivery), follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert "The webhook is sent again." in response.content.decode()
    assert len(wakes) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempt_count) == (State.WAITING, 0)
    assert delivery.due_at <= timezone.now()


def test_what_is_being_sent_is_left_alone(client, user):
    delivery = create_delivery(user)
    assert Delivery.objects.claim(delivery.pk)
    response = client.post(resend_url(delivery), follow=True)
    assert "is being sent just now" in response.content.decode()


def test_nobody_sends_another_s_again(client, user):
    delivery = create_delivery(a_user(), state=State.FAILED, due_at=None)
    assert client.post(resend_url(delivery)).status_code == 404
    assert client.post(f"{PAGE}{user.pk}/resend/").status_code == 404
    assert client.get(resend_url(delivery)).status_code == 405
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED


def test_a_key_is_made_shown_and_made_anew(client, user):
    assert "webhooks are not signed" in client.get(PAGE).content.decode()
    first = key_in(client.post(f"{PAGE}key/", follow=True))
    assert first == WebhookKey.objects.key_for(user.pk)
    response = client.get(PAGE)
    assert key_in(response) == first
    assert "no-store" in response["Cache-Control"]
    second = key_in(client.post(f"{PAGE}key/", follow=True))
    assert second != first
    assert client.get(f"{PAGE}key/").status_code == 405


def test_nobody_sees_another_s_key(client, user):
    key = WebhookKey.objects.renew(a_user()).key
    assert key not in client.get(PAGE).content.decode()
    client.post(f"{PAGE}key/")
    assert WebhookKey.objects.count() == 2
    assert WebhookKey.objects.filter(key=key).exists()


def test_the_video_s_page_tells_what_became_of_it(client, user):
    delivery = create_delivery(user)
    claimed = Delivery.objects.claim(delivery.pk)
    claimed.mark_delivered(DeliveryAttempt(status_code=200))
    body = client.get(f"/videos/{delivery.video.pk}/").content.decode()
    assert "The webhook was delivered" in body
    assert "client.example:443" in body


def key_in(response) -> str:
    return re.search(r'id="webhook-key" type="text" value="([^"]+)"', response.content.decode())[1]
