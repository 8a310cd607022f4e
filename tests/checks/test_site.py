"""The checks of the site's address, hosts and proxies."""

import pytest

from tests.checks.deploy import ids
from videos import checks


@pytest.mark.parametrize(
    "url", ["", "portal.example.com", "//portal.example.com", "ftp://portal.example.com", "https://",
            "https://[", "https://portal.example.com/sub", "https://portal.example.com?x=1"]
)  # fmt: skip
def test_the_site_needs_an_address(settings, url):
    settings.SITE_URL = url
    assert ids(checks.check_site_url()) == ["videos.E001"]


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "https://portal.example.com"])
def test_an_address_is_enough(settings, url):
    settings.SITE_URL = url
    assert checks.check_site_url() == []


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("portal.example.com", "does not begin with https:// or http://"),
        ("ftp://portal.example.com", "does not begin with https:// or http://"),
        ("https://ann:secret@portal.example.com", "a name or a password before the host"),
        ("https://portal.example.com/sub", "goes on after the host"),
        ("https://portal.example.com#a", "goes on after the host"),
        ("https://my_portal:8000", "its host, 'my_portal', is not one"),
        ("https://пор..рф", "is not one that browsers can ask for"),
        ("https://*.example.com", "is not one that browsers can ask for"),
        ("https://[fe80::1%25eth0]", "is not one that browsers can ask for"),
        ("https://portal.example.com:99999", "its host or its port is none"),
        ("https://portal.example.com:0", "its port is none"),
        ("https://portal.example.com:port", "its host or its port is none"),
    ],
)
def test_what_is_wrong_with_the_address_is_named(settings, url, sentence):
    settings.SITE_URL = url
    (message,) = checks.check_site_url()
    assert message.id == "videos.E001"
    assert sentence in message.msg
    assert "secret" not in message.msg
    checks.check_hosts()


@pytest.mark.parametrize(
    ("url", "hosts", "expected"),
    [
        ("https://portal.example.com", ["portal.example.com"], []),
        ("https://portal.example.com", [".example.com"], []),
        ("https://portal.example.com", ["*"], []),
        ("https://portal.example.com", ["www.example.com"], ["videos.W005"]),
        ("http://[::1]:8000", ["[::1]"], []),
        ("http://[::1]:8000", ["127.0.0.1"], ["videos.W005"]),
        ("https://xn--80awhdgm.xn--p1ai", ["xn--80awhdgm.xn--p1ai"], []),
        ("https://a.example", ["a.example", "https://a.example"], ["videos.W006"]),
        ("https://a.example", ["a.example", "a.example:8000"], ["videos.W006"]),
        ("https://a.example", ["a.example/", "a.example"], ["videos.W006"]),
        ("https://a.example", ["a.example", "*.example"], ["videos.W006"]),
    ],
)
def test_hosts_that_are_never_answered_are_reported(settings, url, hosts, expected):
    settings.SITE_URL, settings.ALLOWED_HOSTS = url, hosts
    assert ids(checks.check_hosts()) == expected


@pytest.mark.parametrize(
    ("behind", "count", "expected"),
    [(False, 1, []), (True, 1, []), (True, 2, ["videos.I002"]), (True, 0, ["videos.E005"]),
     (True, -1, ["videos.E005"]), (False, 2, ["videos.W007"])],
)  # fmt: skip
def test_proxies_are_counted_as_they_are(settings, behind, count, expected):
    settings.BEHIND_PROXY, settings.PROXY_COUNT = behind, count
    assert ids(checks.check_proxies()) == expected


def test_commands_on_a_development_machine_are_not_warned_of_cookies(settings):
    settings.SESSION_COOKIE_SECURE = True
    settings.SITE_URL = "http://127.0.0.1:8000"
    assert checks.check_site_url() == []


def test_cookies_over_https_need_a_site_over_https(settings):
    settings.SESSION_COOKIE_SECURE = True
    settings.SITE_URL = "http://portal.example.com"
    assert ids(checks.check_site_url()) == ["videos.W002"]
