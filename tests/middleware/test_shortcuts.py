"""What is answered past everything that only pages need."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_monitors_may_ask_by_address(client, path):
    response = client.get(path, headers={"Host": "10.0.0.7:8000"})
    assert response.headers["Content-Type"] == "application/json"
    assert response.status_code in {200, 503}
    assert client.get("/", headers={"Host": "10.0.0.7:8000"}).status_code == 400
