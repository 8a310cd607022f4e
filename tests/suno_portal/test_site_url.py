"""Addresses of the site in every spelling: pages, log-in, links, mails, API."""

import json
import os
import runpy
import subprocess
import sys

import pytest
from django.conf import settings as django_settings

from suno_portal.site_url import ascii_host, host_of, mail_domain, normalise_url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://портал.рф", "https://xn--80awhdgm.xn--p1ai"),
        (" HTTPS://Портал.РФ:8443 ", "https://xn--80awhdgm.xn--p1ai:8443"),
        ("https://портал。рф", "https://xn--80awhdgm.xn--p1ai"),
        ("https://faß.example", "https://xn--fa-hia.example"),
        ("https://视频.中国", "https://xn--cy2a840a.xn--fiqs8s"),
        ("https://*.портал.рф", "https://*.xn--80awhdgm.xn--p1ai"),
        ("https://xn--80awhdgm.xn--p1ai", "https://xn--80awhdgm.xn--p1ai"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://[0:0:0:0:0:0:0:1]:80/", "http://[::1]"),
        ("https://[2001:DB8::A]", "https://[2001:db8::a]"),
        ("https://Portal.Example.com:443/", "https://portal.example.com"),
        ("https://portal.example.com.", "https://portal.example.com"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_an_address_is_what_browsers_send(url, expected):
    assert normalise_url(url) == expected
    assert normalise_url(expected) == expected


@pytest.mark.parametrize(
    "url",
    ["", "портал.рф", "https://", "https://[", "https://a:b@x.example", "https://пор..рф",
     "https://x.example:99999", "https://x.example/sub?y=1#z", "https://my_host.example"],
)  # fmt: skip
def test_what_is_none_is_left_for_the_check(url):
    assert normalise_url(url) == url
    host_of(url)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("*", "*"), (".портал.рф", ".xn--80awhdgm.xn--p1ai"), ("::1", "[::1]"), ("[::1]", "[::1]"),
     (" Portal.Example.com ", "portal.example.com"), (".example.com", ".example.com")],
)  # fmt: skip
def test_a_host_is_what_django_compares_with(host, expected):
    assert ascii_host(host) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [("[::1]", "[IPv6:::1]"), ("127.0.0.1", "[127.0.0.1]"), ("example.com", "example.com")],
)
def test_an_address_of_mail_at_a_number_is_written_as_one(host, expected):
    assert mail_domain(host) == expected


@pytest.mark.parametrize(
    ("host", "bind"),
    [("", "127.0.0.1:8000"), ("0.0.0.0", "0.0.0.0:8000"), ("::1", "[::1]:8000"),
     ("::", "[::]:8000"), ("localhost", "localhost:8000")],
)  # fmt: skip
def test_the_server_binds_to_an_ipv6_address(monkeypatch, host, bind):
    monkeypatch.setenv("HOST", host)
    monkeypatch.delenv("PORT", raising=False)
    assert runpy.run_path("suno_portal/gunicorn.py")["bind"] == bind


SERVER = """
import json, re, sys
import django
django.setup()
from django.conf import settings
from django.core import mail
from django.core.files.base import ContentFile
from django.test import Client
from django.test.utils import setup_test_environment
from tests.factories import PASSWORD, a_finished_video, a_user
from videos import accounts
from videos.callbacks.tokens import callback_url
from videos.payloads import film_urls

host, origin = sys.argv[1:]
plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES["staticfiles"]["BACKEND"] = plain
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
setup_test_environment()
settings.ALLOWED_HOSTS.remove("testserver")
client = Client(
    enforce_csrf_checks=True, SERVER_NAME="127.0.0.1", headers={"Host": host, "Origin": origin}
)
ann = a_user("ann@example.com")
video = a_finished_video(ann, visibility="unlisted")


def post(path, **fields):
    page = client.get(path)
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page.content.decode())[1]
    return client.post(path, fields | {"csrfmiddlewaretoken": token}, headers={"Referer": origin})


share = client.get(f"/v/{video.slug}/")
film = film_urls.url(video)
result = {
    "home": client.get("/").status_code,
    "share": [share.status_code, share.content.decode().count(f'="{origin}/v/')],
    "film": [film, client.get(film.removeprefix(origin)).status_code],
    "callback": callback_url(video),
    "docs": f"curl {origin}/api/v1/songs" in client.get("/api/docs").content.decode(),
    "api": client.get("/api/v1/videos").status_code,
    "reset": post("/accounts/password/reset/", email="ann@example.com").status_code,
    "answered": accounts.answer_next(),
    "log-in": post("/accounts/login/", login="ann@example.com", password=PASSWORD)["Location"],
    "mails": [[m.from_email, m.body, m.message().as_bytes().decode()] for m in mail.outbox],
}
print(json.dumps(result))
"""


@pytest.mark.parametrize(
    ("site_url", "host", "origin", "sender"),
    [
        ("https://портал.рф", "xn--80awhdgm.xn--p1ai", "https://xn--80awhdgm.xn--p1ai",
         "noreply@xn--80awhdgm.xn--p1ai"),
        pytest.param(
            "http://[::1]:8000", "[::1]:8000", "http://[::1]:8000", "noreply@[IPv6:::1]",
            marks=pytest.mark.nightly,
        ),
        pytest.param(
            "https://Portal.Example.com:443/", "portal.example.com", "https://portal.example.com",
            "noreply@portal.example.com", marks=pytest.mark.nightly,
        ),
    ],
)  # fmt: skip
def test_every_page_link_and_mail_works(migrated_folder, site_url, host, origin, sender):
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(migrated_folder),
        "SECRET_KEY": "s" * 60,
        "SITE_URL": site_url,
        "SITE_NAME": "Портал, Inc.",
        "SECURE": "false",
        "BEHIND_PROXY": "true",
        "CACHE_URL": "locmemcache://",
        "CELERY_BROKER_URL": "memory://",
        "EMAIL_URL": "memorymail://",
        "DJANGO_SETTINGS_MODULE": "suno_portal.settings",
        "PYTHONPATH": str(django_settings.BASE_DIR),
    }
    process = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SERVER, host, origin],
        cwd=django_settings.BASE_DIR, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert process.returncode == 0, process.stderr
    result = json.loads(process.stdout.splitlines()[-1])
    assert result["home"] == 200
    assert result["share"][0] == 200
    assert result["share"][1] > 2
    assert result["film"][0].startswith(f"{origin}/files/")
    assert result["film"][1] == 200
    assert result["callback"].startswith(f"{origin}/callbacks/")
    assert result["docs"]
    assert result["api"] == 200
    assert result["reset"] == 302
    assert result["answered"]
    assert result["log-in"] == "/videos/"
    ((from_email, body, raw),) = result["mails"]
    assert sender in from_email
    assert f"{origin}/accounts/password/reset/key/" in body
    assert f"<{sender}>" in raw
