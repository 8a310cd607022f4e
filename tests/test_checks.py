"""What system checks say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from videos import checks

PRODUCTION = {
    "SECRET_KEY": "8rSx1nO5Zq0VtYc3mUe7Lk2Wb9Hd4Jf6Ga5Pi8Qo1Rs3Tu7Vw9Xy2Za4",
    "SITE_URL": "https://portal.example.com",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.com:587",
    "EMAIL_VERIFICATION": "mandatory",
}


def ids(messages):
    return [message.id for message in messages]


def check_deploy(folder: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run ``manage.py check --deploy`` as on a server: nothing but these settings."""
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **PRODUCTION, **changes}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(
        command, cwd=django_settings.BASE_DIR, env=environment, capture_output=True, text=True
    )


def test_a_server_s_configuration_is_clean(tmp_path):
    done = check_deploy(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SITE_URL": "portal.example.com"}, "videos.E001"),
        ({"SITE_URL": "http://portal.example.com"}, "videos.W002"),
        ({"EMAIL_URL": "consolemail://"}, "videos.W001"),
        ({"SECRET_KEY": ""}, "Set SECRET_KEY"),
    ],
)
def test_a_mistake_is_told(tmp_path, changes, said):
    done = check_deploy(tmp_path, **changes)
    assert done.returncode != 0
    assert said in done.stderr


def test_what_is_left_empty_is_as_usual_and_keys_have_no_spaces(tmp_path):
    """As a compose file hands variables on that nobody set, and as keys are pasted."""
    empty = {f"{name.upper()}_BASE_URL": "" for name in django_settings.VENDORS}
    done = check_deploy(tmp_path, **empty, KIE_API_KEY=" key\t")
    assert done.returncode == 0, done.stderr
    code = "from django.conf import settings; print(settings.VENDORS['kie'])"
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code]
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **PRODUCTION, **empty}
    environment["KIE_API_KEY"] = " key\t"
    shown = subprocess.run(
        command, cwd=django_settings.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert "'api_key': 'key', 'base_url': 'https://api.kie.ai'" in shown.stdout, shown.stderr


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


def test_cookies_over_https_need_a_site_over_https(settings):
    settings.SESSION_COOKIE_SECURE = True
    settings.SITE_URL = "http://portal.example.com"
    assert ids(checks.check_site_url()) == ["videos.W002"]


def test_the_data_folder_must_be_there(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert checks.check_data_dir() == []
    settings.DATA_DIR = tmp_path / "missing"
    assert ids(checks.check_data_dir()) == ["videos.E002"]


def test_the_data_folder_must_be_writable(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr("os.access", lambda path, mode: not mode & os.W_OK)
    assert ids(checks.check_data_dir()) == ["videos.E002"]


@pytest.mark.parametrize(
    ("verification", "leaf", "said"),
    [("mandatory", "console", ["videos.W001"]), ("mandatory", "smtp", []),
     ("optional", "console", []), ("mandatory", "dummy", ["videos.W001"])],
)  # fmt: skip
def test_confirmation_needs_mail(settings, verification, leaf, said):
    settings.ACCOUNT_EMAIL_VERIFICATION = verification
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{leaf}.EmailBackend"
    assert ids(checks.check_mail()) == said


def vendors(**changes: dict[str, str]) -> dict[str, dict[str, str]]:
    urls = dict(zip(("apikley", "kie", "sunoapi", "crun"), sorted(checks.VENDOR_URLS), strict=True))
    plain = {name: {"api_key": "", "base_url": url} for name, url in urls.items()}
    return {name: given | changes.get(name, {}) for name, given in plain.items()}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"kie": {"api_key": "k"}}, []),
        ({"kie": {"webhook_key": "w"}}, ["videos.W003"]),
        ({"kie": {"api_key": "k", "webhook_key": "w"}}, []),
        ({"crun": {"base_url": "https://other.example"}}, ["videos.W003"]),
        ({"crun": {"base_url": "other.example", "api_key": "k"}}, ["videos.E003"]),
        ({"crun": {"base_url": "http://other.example", "api_key": "k"}}, ["videos.W004"]),
        ({"crun": {"base_url": "https://other.example:port", "api_key": "k"}}, ["videos.E003"]),
        ({"crun": {"base_url": "https://[", "api_key": "k"}}, ["videos.E003"]),
        ({"crun": {"base_url": "", "api_key": "k"}}, ["videos.E003"]),
        ({"crun": {"base_url": "http://127.0.0.1:9000", "api_key": "k"}}, []),
    ],
)
def test_half_a_configuration_of_a_vendor_is_said(settings, changes, expected):
    settings.SITE_URL = "https://portal.example.com"
    settings.ALLOWED_PRIVATE_HOSTS = ["127.0.0.1:9000"]
    settings.VENDORS = vendors(**changes)
    assert ids(checks.check_vendors()) == expected


def test_a_vendor_that_cannot_call_back_is_said_and_no_key_is_shown(settings):
    settings.SITE_URL = "http://127.0.0.1:8000"
    settings.VENDORS = vendors(kie={"api_key": "secret-key", "base_url": "nonsense"})
    found = checks.check_vendors()
    assert ids(found) == ["videos.E003", "videos.I001"]
    assert "secret-key" not in str(found)


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
