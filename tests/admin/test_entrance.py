"""The entrance of the admin, where a second factor is needed."""

import pytest
from allauth.mfa.models import Authenticator

from tests.factories import a_user, an_operator

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    user = an_operator()
    client.force_login(user)
    return user


@pytest.mark.parametrize("page", ["/admin/", "/admin/videos/user/", "/admin/videos/apikey/add/"])
def test_an_operator_without_it_is_led_to_it(client, operator, page):
    response = client.get(page, follow=True)
    assert response.redirect_chain[-1][0] == "/account/security/"
    assert "switch it on first" in response.content.decode()
    assert client.post(page, {}).status_code == 302


def test_with_it_the_admin_opens(client, operator):
    Authenticator.objects.create(user=operator, type="totp", data={"secret": "A" * 32})
    assert client.get("/admin/").status_code == 200


def test_recovery_codes_alone_are_no_factor(client, operator):
    Authenticator.objects.create(user=operator, type="recovery_codes", data={"seed": "x"})
    assert client.get("/admin/").status_code == 302


def test_others_stay_outside_and_without_the_setting_it_is_open(client, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(an_operator())
    assert client.get("/admin/").status_code == 200
    client.force_login(a_user())
    assert client.get("/admin/").status_code == 302


def test_the_secrets_of_second_factors_have_no_page(client, settings):
    client.force_login(an_operator())
    assert client.get("/admin/mfa/authenticator/").status_code == 404
