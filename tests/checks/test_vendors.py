"""The checks of vendors and private hosts."""

import pytest

from tests.checks.deploy import ids
from videos import checks
from videos.vendors import VENDORS


def vendors(**changes: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return ``settings.VENDORS`` without keys, but with ``changes``."""
    return {
        facts.key: {"api_key": "", "base_url": facts.base_url} | changes.get(facts.key, {})
        for facts in VENDORS.values()
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"kie": {"api_key": "k"}}, []),
        ({"kie": {"callback_key": "w"}}, ["videos.W003"]),
        ({"kie": {"api_key": "k", "callback_key": "w"}}, []),
        ({"crun": {"base_url": "https://other.example"}}, ["videos.W003"]),
        ({"crun": {"base_url": "other.example", "api_key": "k"}}, ["videos.E003"]),
        ({"crun": {"base_url": "http://other.example", "api_key": "k"}}, ["videos.W004"]),
        ({"crun": {"base_url": "https://other.example:port", "api_key": "k"}}, ["videos.E003"]),
        ({"crun": {"base_url": "https://[", "api_key": "k"}}, ["videos.E003"]),
        ({"crun": {"base_url": "", "api_key": "k"}}, ["videos.E003"]),
        ({"crun": {"base_url": "http://127.0.0.1:9000", "api_key": "k"}}, []),
    ],
)
def test_half_a_configuration_of_a_vendor_is_reported(settings, changes, expected):
    settings.SITE_URL = "https://portal.example.com"
    settings.ALLOWED_PRIVATE_HOSTS = ["127.0.0.1:9000"]
    settings.VENDORS = vendors(**changes)
    assert ids(checks.check_vendors()) == expected


def test_a_vendor_that_cannot_call_back_is_reported_and_no_key_is_shown(settings):
    settings.SITE_URL = "http://127.0.0.1:8000"
    settings.VENDORS = vendors(kie={"api_key": "secret-key", "base_url": "nonsense"})
    messages = checks.check_vendors()
    assert ids(messages) == ["videos.E003", "videos.I001"]
    assert "secret-key" not in str(messages)


@pytest.mark.parametrize("key", [each.key for each in VENDORS.values() if each.signs_callbacks])
def test_a_callback_key_without_an_api_key_is_reported_by_its_variables(settings, key):
    settings.SITE_URL = "https://portal.example.com"
    settings.VENDORS = vendors(**{key: {"callback_key": "w"}})
    (message,) = checks.check_vendors()
    variables = VENDORS[key].variables
    assert message.msg.startswith(f"{variables['callback_key']} is set")
    assert variables["api_key"] in message.msg


def test_each_vendor_s_own_address_needs_no_key(settings):
    settings.SITE_URL = "https://portal.example.com"
    for facts in VENDORS.values():
        settings.VENDORS = vendors(**{facts.key: {"base_url": "https://other.example"}})
        (message,) = checks.check_vendors()
        assert message.msg.startswith(f"{facts.variables['base_url']} is set")


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        ([], []),
        (["127.0.0.1:9000", "[::1]:9000", "minio:9000"], []),
        (["127.0.0.1"], ["videos.E004"]),
        (["http://127.0.0.1:9000"], ["videos.E004"]),
        (["a:b"], ["videos.E004"]),
    ],
)
def test_allowed_hosts_of_our_network_have_their_ports(settings, hosts, expected):
    settings.ALLOWED_PRIVATE_HOSTS = hosts
    assert ids(checks.check_private_hosts()) == expected
