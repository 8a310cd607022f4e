"""The checks of a server's settings, as ``check --deploy`` runs them."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings

from tests.checks.deploy import PRODUCTION, check_deploy, ids
from videos import checks
from videos.vendors import VENDORS


def test_a_server_s_configuration_is_clean(tmp_path):
    done = check_deploy(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        ({"SECRET_KEY": ""}, {"Set SECRET_KEY"}),
        (
            {
                "SITE_URL": "portal.example.com",
                "EMAIL_URL": "consolemail://",
                "EMAIL_VERIFICATION": "mandatory",
            },
            {"videos.E001", "videos.W001"},
        ),
        pytest.param(
            {"SITE_URL": "https://[", "BEHIND_PROXY": "true", "PROXY_COUNT": "0"},
            {"videos.E001", "videos.E005"},
            marks=pytest.mark.nightly,
        ),
        pytest.param(
            {"SITE_URL": "https://ann:secret@portal.example.com", "PROXY_COUNT": "2"},
            {"videos.E001", "videos.W007"},
            marks=pytest.mark.nightly,
        ),
        (
            {
                "SITE_URL": "http://portal.example.com",
                "EMAIL_URL": "smtp://",
                "DEFAULT_FROM_EMAIL": "Ann, Bob <noreply@example.com>",
            },
            {"videos.W002", "videos.E007", "videos.E006"},
        ),
        (
            {"ALLOWED_HOSTS": "www.example.com", "EMAIL_URL": "", "EMAIL_VERIFICATION": "none"},
            {"videos.W005", "videos.W013"},
        ),
    ],
)
def test_mistakes_are_reported(tmp_path, changes, messages):
    """Several at a time, since a process takes a second."""
    done = check_deploy(tmp_path, **changes)
    assert done.returncode != 0
    assert {message for message in messages if message in done.stderr} == messages, done.stderr


def test_what_is_left_empty_is_as_usual_and_keys_have_no_spaces(tmp_path):
    """Compose files pass variables on that are not set, and people paste keys with spaces."""
    empty = {f"{name.upper()}_BASE_URL": "" for name in VENDORS}
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
    ("debug", "key", "url", "mail", "expected"),
    [
        (False, "k" * 50, "https://portal.example.com", "smtp", []),
        (False, "", "https://portal.example.com", "smtp", ["videos.E008"]),
        (True, "", "https://portal.example.com", "smtp", []),
        (True, "", "http://127.0.0.1:8000", "smtp", ["videos.W010"]),
        (True, "", "http://[::1]:8000", "smtp", ["videos.W010"]),
        (False, "k" * 50, "https://portal.example.com", "console", ["videos.W013"]),
        (False, "k" * 50, "https://portal.example.com", "dummy", ["videos.W013"]),
    ],
)
def test_a_server_needs_a_key_an_address_and_mail(settings, debug, key, url, mail, expected):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{mail}.EmailBackend"
    settings.SECRET_KEY_IS_SET = bool(key)
    settings.DEBUG, settings.SITE_URL = debug, url
    assert ids(checks.check_server()) == expected


def test_a_variable_that_nothing_reads_is_reported(settings):
    assert checks.check_names_of_variables() == []
    settings.UNDECLARED_VARIABLES = {"KIE_APIKEY": "KIE_API_KEY", "QQQ": ""}
    first, second = checks.check_names_of_variables()
    assert (first.id, first.hint) == ("videos.W009", "Perhaps KIE_API_KEY is meant.")
    assert "docs/settings.md" in second.hint


def test_a_bucket_without_the_packages_for_it_is_an_error(settings, monkeypatch):
    settings.S3_BUCKET = "portal"
    assert checks.check_s3() == []
    monkeypatch.setattr("videos.checks.server.find_spec", lambda name: None)
    (error,) = checks.check_s3()
    assert error.id == "videos.E009"
    settings.S3_BUCKET = ""
    assert checks.check_s3() == []
