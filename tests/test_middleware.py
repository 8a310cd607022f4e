"""What happens around every view."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("debug", [False, True])
def test_what_is_not_found_looks_alike_on_every_machine(client, settings, debug):
    settings.DEBUG = debug
    response = client.get("/v/AAAAAAAAAAAAAAAAAAAAAA/")
    assert response.status_code == 404
    assert b"Nothing plays here" in response.content
    assert b"DEBUG" not in response.content


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_monitors_may_ask_by_address(client, path):
    response = client.get(path, headers={"Host": "10.0.0.7:8000"})
    assert response.headers["Content-Type"] == "application/json"
    assert response.status_code in {200, 503}
    assert client.get("/", headers={"Host": "10.0.0.7:8000"}).status_code == 400
