"""A person's data: copies of it, and the end of the account."""

import pytest
from django.contrib.auth import get_user
from django.test import Client

from tests.accounts.people import force_login, set_authenticated_at
from tests.factories import PASSWORD, a_finished_video, a_user, an_operator
from videos import accounts
from videos.models import AccountDeletion, AccountExport, User

pytestmark = pytest.mark.django_db(transaction=True)
PAGE, EXPORT, DELETE = "/account/data/", "/account/data/export/", "/account/delete/"
REAUTHENTICATE = "/accounts/reauthenticate/"


@pytest.fixture
def user(client, settings, tmp_path):
    settings.SCRATCH_DIR = tmp_path / "scratch"
    user = a_user("ann@example.com")
    force_login(client, user)
    return user


def ready_export(client) -> str:
    client.post(EXPORT)
    accounts.export_next()
    return f"{PAGE}{AccountExport.objects.get().pk}.zip"


def test_a_copy_is_ordered_made_and_downloaded(client, user):
    a_finished_video(user)
    assert client.post(EXPORT)["Location"] == PAGE
    assert "Being made" in client.get(PAGE).content.decode()
    accounts.export_next()
    path = f"{PAGE}{AccountExport.objects.get().pk}.zip"
    assert path in client.get(PAGE).content.decode()
    response = client.get(path)
    assert response["Content-Type"] == "application/zip"
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content)[:2] == b"PK"


def test_nobody_else_gets_it(client, user):
    path = ready_export(client)
    stranger, operator = Client(), Client()
    force_login(stranger, a_user())
    force_login(operator, an_operator())
    for each in (stranger, operator):
        assert each.get(path).status_code == 404
    assert Client().get(path)["Location"].startswith("/accounts/login/")


def test_too_many_are_refused_with_a_sentence(client, user):
    client.post(EXPORT)
    response = client.post(EXPORT, follow=True)
    assert "A copy is being made already" in response.content.decode()
    assert AccountExport.objects.count() == 1


def test_an_old_log_in_gives_the_password_first(client, user):
    path = ready_export(client)
    set_authenticated_at(client, 0)
    assert client.get(path)["Location"].startswith(REAUTHENTICATE)
    assert client.post(EXPORT)["Location"].startswith(REAUTHENTICATE)


def test_the_page_says_what_goes(client, user):
    a_finished_video(user, visibility="public")
    for page in (PAGE, DELETE):
        body = " ".join(client.get(page).content.decode().split())
        assert "1 video (1 of them shared)" in body
        assert "1 song," in body


@pytest.mark.parametrize(
    "data",
    [{}, {"password": PASSWORD}, {"is_meant": "on"}, {"is_meant": "on", "password": "wrong"}],
)
def test_nothing_goes_without_the_password_and_the_word(client, user, data):
    response = client.post(DELETE, data)
    assert response.context["form"].errors
    user.refresh_from_db()
    assert user.is_active
    assert not AccountDeletion.objects.exists()


def test_share_links_end_at_once_and_a_worker_does_the_rest(client, user, mailoutbox):
    video = a_finished_video(user, visibility="public")
    share = f"/v/{video.slug}/"
    assert Client().get(share).status_code == 200
    response = client.post(DELETE, {"is_meant": "on", "password": PASSWORD})
    assert response["Location"] == "/"
    assert not get_user(client).is_authenticated
    for path in (share, f"{share}video.mp4", f"{share}poster.jpg"):
        assert Client().get(path).status_code == 404
    assert "is being deleted" in mailoutbox[-1].subject
    accounts.delete_next()
    assert not User.objects.exists()


def test_guessing_the_password_is_slowed_down(client, user):
    for _ in range(12):
        response = client.post(DELETE, {"is_meant": "on", "password": "wrong"})
    assert "Too many failed login attempts" in str(response.context["form"].errors)


def test_the_last_operator_stays(client):
    operator = an_operator()
    force_login(client, operator)
    data = {"is_meant": "on", "password": PASSWORD}
    assert "last operator" in client.post(DELETE, data).content.decode()
    an_operator("second@example.com")
    assert client.post(DELETE, data).status_code == 302
