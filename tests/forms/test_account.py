"""The form of a person's defaults."""

import pytest

from tests.factories import a_user

pytestmark = pytest.mark.django_db


PAGE = "/account/"


def test_what_does_not_fit_is_said(client):
    user = a_user(author="Ann")
    client.force_login(user)
    response = client.post(PAGE, {"author": "x" * 51, "domain_name": "kept.example"})
    assert "author" in response.context["form"].errors
    assert "kept.example" in response.content.decode()
    user.refresh_from_db()
    assert user.author == "Ann"
