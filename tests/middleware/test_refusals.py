"""What views refuse."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("debug", [False, True])
def test_what_is_not_found_looks_alike_on_every_machine(client, settings, debug):
    settings.DEBUG = debug
    response = client.get("/v/AAAAAAAAAAAAAAAAAAAAAA/")
    assert response.status_code == 404
    assert b"Nothing plays here" in response.content
    assert b"DEBUG" not in response.content
