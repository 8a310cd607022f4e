"""Webhook deliveries in the admin."""

import pytest

from tests.factories import a_delivery, a_track, a_user, a_video, an_operator
from videos.models import Delivery, DeliveryAttempt, Video, WebhookKey

pytestmark = pytest.mark.django_db
LIST = "/admin/videos/delivery/"
State = Delivery.State


@pytest.fixture
def operator(client):
    user = an_operator()
    client.force_login(user)
    return user


def page(delivery: Delivery) -> str:
    return f"{LIST}{delivery.pk}/change/"


def failed_delivery(**fields: object) -> Delivery:
    values = {
        "state": State.FAILED,
        "due_at": None,
        "attempt_count": 4,
        "last_error": "It answered 502.",
    }
    delivery = a_delivery(**values | fields)
    DeliveryAttempt.objects.create(
        delivery=delivery,
        status_code=502,
        milliseconds=12,
        error="It answered 502.",
        response_excerpt="<i>no",
    )
    return delivery


def search(client, **query):
    response = client.get(LIST, query)
    assert response.status_code == 200
    return set(response.context["cl"].queryset)


def resend(client, *deliveries):
    data = {"action": "resend", "_selected_action": [each.pk for each in deliveries]}
    response = client.post(LIST, data, follow=True)
    return [str(message) for message in response.context["messages"]]


def test_only_operators_come_in(client):
    delivery = failed_delivery()
    for address in (LIST, page(delivery)):
        assert client.get(address, follow=True).redirect_chain[-1][0].startswith("/accounts/login/")
    client.force_login(a_user())
    assert client.get(LIST).status_code in {302, 403}
    client.post(page(delivery), {"_resend": "1"})
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED


def test_the_list_shows_whom_we_could_not_tell_and_why(client, operator):
    delivery = failed_delivery(url="https://client.example/hook?secret=1")
    body = client.get(LIST).content.decode()
    for text in (delivery.owner.email, "client.example:443", "Given up", "It answered 502."):
        assert text in body
    assert "secret=1" not in body


def test_the_list_costs_as_much_for_many_as_for_one(
    client, operator, django_assert_max_num_queries
):
    for _ in range(15):
        failed_delivery()
    with django_assert_max_num_queries(9):
        client.get(LIST)


def test_it_is_found_and_filtered(client, operator):
    one = failed_delivery(url="https://one.example/hook", family="crun")
    two = a_delivery(url="https://two.example/hook")
    assert search(client, q="one.example") == {one}
    assert search(client, q=str(one.pk)) == {one}
    assert search(client, q=one.video.pk.hex) == {one}
    assert search(client, q=two.owner.email) == {two}
    assert search(client, state__exact="failed") == {one}
    assert search(client, video__webhook_family__exact="suno") == {two}


def test_its_page_has_every_call(client, operator):
    body = client.get(page(failed_delivery())).content.decode()
    for text in ("It answered 502.", "&lt;i&gt;no", "<td>12</td>", 'name="_resend"'):
        assert text in body
    assert client.get(f"{LIST}add/").status_code == 403


def test_nothing_can_be_typed(client, operator):
    form = client.get(page(failed_delivery())).context["adminform"].form
    assert not form.fields


def test_the_chosen_ones_are_sent_again(client, operator, django_capture_on_commit_callbacks):
    one, two, sending = failed_delivery(), failed_delivery(state=State.DELIVERED), a_delivery()
    assert Delivery.objects.claim(sending.pk)
    with django_capture_on_commit_callbacks() as wakes:
        assert resend(client, one, two, sending) == ["2 webhooks are sent again."]
    assert len(wakes) == 2
    assert set(Delivery.objects.waiting()) == {one, two, sending}
    assert resend(client, sending) == ["There was nothing to do."]


def test_the_button_sends_it_again(client, operator):
    delivery = failed_delivery()
    data = {"attempts-TOTAL_FORMS": 0, "attempts-INITIAL_FORMS": 0, "_resend": "1"}
    assert client.post(page(delivery), data)["Location"] == page(delivery)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempt_count) == (State.WAITING, 0)


def test_no_page_of_the_admin_shows_a_webhook_key(client, operator):
    delivery = failed_delivery()
    key = WebhookKey.objects.renew(delivery.owner).key
    for address in (
        LIST, page(delivery), "/admin/", "/admin/videos/user/",
        f"/admin/videos/user/{delivery.owner.pk}/change/",
        f"/admin/videos/user/{delivery.owner.pk}/delete/",
    ):  # fmt: skip
        assert key not in client.get(address).content.decode(), address
    assert client.get("/admin/videos/webhookkey/").status_code == 404


def test_a_video_s_page_names_where_its_client_is_called_back(client, operator):
    video = a_video(track=a_track(), webhook_url="https://client.example/hook")
    body = client.get(f"/admin/videos/video/{video.pk}/change/").content.decode()
    assert "https://client.example/hook" in body
    client.post(f"/admin/videos/video/{video.pk}/delete/", {"post": "yes"})
    assert not Video.objects.exists()
