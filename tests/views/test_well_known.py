"""Where people report a hole."""

from datetime import UTC, datetime, timedelta

import pytest

ADDRESS = "/.well-known/security.txt"


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("security@portal.example.com", "Contact: mailto:security@portal.example.com"),
        ("https://portal.example.com/report", "Contact: https://portal.example.com/report"),
    ],
)
def test_the_contact_is_told_in_the_standard_s_form(client, settings, contact, line):
    settings.SECURITY_CONTACT = contact
    settings.SITE_URL = "https://portal.example.com"
    response = client.get(ADDRESS)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.text.splitlines()
    assert lines[0] == line
    expires = datetime.fromisoformat(lines[1].removeprefix("Expires: "))
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)
    assert lines[-1] == f"Canonical: https://portal.example.com{ADDRESS}"


@pytest.mark.django_db
def test_without_a_contact_there_is_no_such_page(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get(ADDRESS).status_code == 404
