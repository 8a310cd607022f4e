"""Addresses from others lead to the public internet and nowhere else (SSRF)."""

import socket

import pytest

from videos.outbound.addresses import (
    PrivateAddress,
    RefusedAddress,
    UnknownHost,
    check_address,
    is_public,
    site_is_public,
)

REFUSED = [
    "",
    "film.mp4",
    "//cdn.example/film.mp4",
    "ftp://1.1.1.1/film.mp4",
    "file:///etc/passwd",
    "gopher://1.1.1.1/",
    "data:video/mp4;base64,AAAA",
    "javascript:alert(1)",
    "https://",
    "https:///film.mp4",
    "https://[",
    "https://1.1.1.1:99999/",
    "https://1.1.1.1:0/",
    "https://1.1.1.1:port/",
    "http://1.1.1.1/film.mp4",
    "https://user@1.1.1.1/film.mp4",
    "https://user:password@1.1.1.1/film.mp4",
    "https://127.0.0.1/film.mp4",
    "https://127.1.2.3/film.mp4",
    "https://127.1/film.mp4",
    "https://2130706433/film.mp4",
    "https://0x7f000001/film.mp4",
    "https://017700000001/film.mp4",
    "https://0/film.mp4",
    "https://0.0.0.0/film.mp4",
    "https://10.0.0.1/film.mp4",
    "https://172.16.5.4/film.mp4",
    "https://192.168.1.1/film.mp4",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.64.0.1/film.mp4",
    "https://192.0.2.1/film.mp4",
    "https://198.18.0.1/film.mp4",
    "https://224.0.0.1/film.mp4",
    "https://240.0.0.1/film.mp4",
    "https://255.255.255.255/film.mp4",
    "https://[::]/film.mp4",
    "https://[::1]/film.mp4",
    "https://[::ffff:127.0.0.1]/film.mp4",
    "https://[::ffff:169.254.169.254]/film.mp4",
    "https://[64:ff9b::a9fe:a9fe]/film.mp4",
    "https://[2002:7f00:1::]/film.mp4",
    "https://[fe80::1]/film.mp4",
    "https://[fc00::1]/film.mp4",
    "https://[fd12:3456::1]/film.mp4",
    "https://[ff02::1]/film.mp4",
    "https://[2001:db8::1]/film.mp4",
    "https://[fec0::1]/film.mp4",
    "https://[3fff::1]/film.mp4",
    "https://[::127.0.0.1]/film.mp4",
    "https://[64:ff9b:1::808:808]/film.mp4",
    "https://[2001:0:a00:1::]/film.mp4",
    "https://[2002:808:808::1]/film.mp4",
    "https://[fe80::1%25eth0]/film.mp4",
    "https://192.0.0.192/opc/v1/",
    "https://168.63.129.16/machine",
    "https://100.100.100.200/latest/meta-data/",
    "https://0x7f.1/film.mp4",
    "https://127.0.0.1./film.mp4",
    "https://localhost/film.mp4",
    "https://localhost./film.mp4",
    "https://1.1.1.1:22/film.mp4",
    "https://1.1.1.1:6379/film.mp4",
    "https://[2606:4700::1111]:5432/film.mp4",
    f"https://{'a' * 64}.example/film.mp4",
    "https://a..example/film.mp4",
    "https://.example/film.mp4",
    "https://exa\u2028mple.com/film.mp4",
    "https://xn--\xfc.example/film.mp4",
]


@pytest.fixture
def names(monkeypatch):
    """Return a dictionary in which a test sets the addresses that host names resolve to."""
    hosts: dict[str, list[str]] = {}
    real = socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        addresses = hosts.get(host)
        if addresses is None:
            return real(host, port, *args, **kwargs)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return hosts


@pytest.mark.parametrize("url", REFUSED)
def test_it_is_refused(url, settings):
    settings.ALLOWED_PRIVATE_HOSTS = []
    with pytest.raises(RefusedAddress):
        check_address(url)


@pytest.mark.parametrize("url", ["https://1.1.1.1/film.mp4", "https://[2606:4700::1111]:8443/f"])
def test_the_public_internet_is_open(url):
    check_address(url)


def test_one_private_address_of_a_name_is_enough_to_refuse_it(names):
    names["cdn.example"] = ["1.1.1.1", "10.0.0.1"]
    with pytest.raises(RefusedAddress):
        check_address("https://cdn.example/film.mp4")
    names["cdn.example"] = ["1.1.1.1"]
    check_address("https://cdn.example/film.mp4")


def test_a_name_that_cannot_be_resolved_may_be_resolved_later(monkeypatch):
    def look_up(*args, **kwargs):
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(UnknownHost):
        check_address("https://cdn.example/film.mp4")


def test_nobody_learns_whether_there_is_such_a_name_inside(names):
    names["wiki.example"] = ["10.0.0.1"]
    names["nothing.example"] = []
    with pytest.raises(PrivateAddress) as inside:
        check_address("https://wiki.example/")
    with pytest.raises(UnknownHost) as unknown:
        check_address("https://nothing.example/")
    sentence = "The address leads to no server that the public internet knows."
    assert str(inside.value) == str(unknown.value) == sentence


def test_names_of_ipv4_hosts_are_followed_where_a_translator_stands_between():
    assert is_public("64:ff9b::808:808")
    assert not is_public("64:ff9b::a9fe:a9fe")


def test_a_host_on_the_allowlist_is_open_at_its_port_only(settings):
    settings.ALLOWED_PRIVATE_HOSTS = ["127.0.0.1:9000", "[::1]:9000"]
    check_address("http://127.0.0.1:9000/film.mp4")
    check_address("http://[::1]:9000/film.mp4")
    settings.ALLOWED_PRIVATE_HOSTS.append("127.0.0.1:6379")
    check_address("http://127.0.0.1:6379/film.mp4")
    for url in ("http://127.0.0.1:9001/", "http://127.0.0.2:9000/", "http://localhost:9000/"):
        with pytest.raises(RefusedAddress):
            check_address(url)


def test_what_is_no_address_is_not_public():
    assert not is_public("nonsense")
    assert not is_public("fe80::1%eth0")
    assert is_public("8.8.8.8")


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://portal.example.com", True),
        ("https://8.8.8.8", True),
        ("http://127.0.0.1:8000", False),
        ("http://192.168.1.5", False),
        ("http://localhost:8000", False),
        ("http://portal", False),
        ("http://portal.local", False),
    ],
)
def test_whether_vendors_can_reach_us(settings, url, public):
    settings.SITE_URL = url
    assert site_is_public() is public
