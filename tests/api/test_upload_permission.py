"""What nginx is told before it reads an upload."""

import pytest
from django.test import Client

from tests.factories import a_user
from videos.models import ApiKey

pytestmark = pytest.mark.django_db


def test_whoever_may_send_files_is_told_apart():
    def ask(client: Client) -> int:
        return client.get("/uploads/permission").status_code

    person = a_user()
    secret = ApiKey.objects.issue(person, "Test")[1]
    assert ask(Client()) == 401
    assert ask(Client(headers={"Authorization": "Bearer ak_guessed"})) == 401
    assert ask(Client(headers={"Authorization": f"Bearer {secret}"})) == 204
    assert ask(Client(headers={"x-api-key": secret})) == 204
    logged_in = Client()
    logged_in.force_login(person)
    assert ask(logged_in) == 204
    person.is_active = False
    person.save()
    assert ask(logged_in) == 401
    assert ask(Client(headers={"x-api-key": secret})) == 401
