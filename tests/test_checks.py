"""The system checks of a misconfigured installation."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from videos import checks
from videos.vendors import VENDORS

PRODUCTION = {
    "SECRET_KEY": "8rSx1nO5Zq0VtYc3mUe7Lk2Wb9Hd4Jf6Ga5Pi8Qo1Rs3Tu7Vw9Xy2Za4",
    "SITE_URL": "https://portal.example.com",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.com:587",
    "STAFF_SECOND_FACTOR": "true",
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
    ("changes", "message"),
    [
        ({"SITE_URL": "portal.example.com"}, "videos.E001"),
        ({"SITE_URL": "http://portal.example.com"}, "videos.W002"),
        ({"EMAIL_URL": "consolemail://", "EMAIL_VERIFICATION": "mandatory"}, "videos.W001"),
        ({"SECRET_KEY": ""}, "Set SECRET_KEY"),
        ({"SITE_URL": "https://["}, "videos.E001"),
        ({"SITE_URL": "https://ann:secret@portal.example.com"}, "videos.E001"),
        ({"ALLOWED_HOSTS": "www.example.com"}, "videos.W005"),
        ({"BEHIND_PROXY": "true", "PROXY_COUNT": "0"}, "videos.E005"),
        ({"PROXY_COUNT": "2"}, "videos.W007"),
        ({"DEFAULT_FROM_EMAIL": "Ann, Bob <noreply@example.com>"}, "videos.E006"),
        ({"EMAIL_URL": "smtp://"}, "videos.E007"),
        ({"EMAIL_URL": "", "EMAIL_VERIFICATION": "none"}, "videos.W013"),
    ],
)
def test_a_mistake_is_reported(tmp_path, changes, message):
    done = check_deploy(tmp_path, **changes)
    assert done.returncode != 0
    assert message in done.stderr


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


@pytest.mark.parametrize(
    ("sender", "expected"),
    [("noreply@example.com", []), ("Портал <noreply@портал.рф>", []), ("noreply@[IPv6:::1]", []),
     ("noreply@::1", ["videos.E006"]), ("a, b <noreply@example.com>", ["videos.E006"]),
     ("noreply", ["videos.E006"])],
)  # fmt: skip
def test_the_sender_of_mails_is_an_address(settings, sender, expected):
    settings.DEFAULT_FROM_EMAIL = sender
    assert ids(checks.check_mail()) == expected


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


def test_commands_on_a_development_machine_are_not_warned_of_cookies(settings):
    settings.SESSION_COOKIE_SECURE = True
    settings.SITE_URL = "http://127.0.0.1:8000"
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
    ("verification", "leaf", "expected"),
    [("mandatory", "console", ["videos.W001"]), ("mandatory", "smtp", []),
     ("optional", "console", []), ("mandatory", "dummy", ["videos.W001"])],
)  # fmt: skip
def test_confirmation_needs_mail(settings, verification, leaf, expected):
    settings.ACCOUNT_EMAIL_VERIFICATION = verification
    settings.EMAIL_HOST = "mail.example.com"
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{leaf}.EmailBackend"
    assert ids(checks.check_mail()) == expected


@pytest.mark.parametrize(
    ("can_send", "verification", "factor", "expected"),
    [
        (True, "mandatory", True, []),
        (True, "optional", True, ["videos.W014"]),
        (True, "none", True, ["videos.W014"]),
        (False, "optional", True, []),
        (True, "mandatory", False, ["videos.I004"]),
    ],
)
def test_what_lets_others_into_accounts_is_reported(
    settings, can_send, verification, factor, expected
):
    settings.CAN_SEND_MAIL, settings.STAFF_SECOND_FACTOR = can_send, factor
    settings.ACCOUNT_EMAIL_VERIFICATION = verification
    assert ids(checks.check_accounts()) == expected


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"EMAIL_URL": "smtp://mail.example.com"}, "mandatory"),
        ({"EMAIL_URL": "consolemail://"}, "optional"),
        ({}, "optional"),
        ({"EMAIL_URL": "smtp://mail.example.com", "EMAIL_VERIFICATION": "none"}, "none"),
        ({"EMAIL_VERIFICATION": "Mandatory"}, "mandatory"),
    ],
)
def test_verification_is_mandatory_wherever_mail_can_be_sent(tmp_path, variables, expected):
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "DEBUG": "true"}
    code = "import suno_portal.settings as s; print(s.ACCOUNT_EMAIL_VERIFICATION)"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=django_settings.BASE_DIR,
        env=environment | variables, capture_output=True, text=True,
    )  # fmt: skip
    assert result.stdout.strip() == expected, result.stderr


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


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have I003")
@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ((True, True), []),
        ((False, True), ["videos.W020"]),
        ((True, False), ["videos.W021"]),
        ((False, False), ["videos.W020", "videos.W021"]),
    ],
)
def test_a_kernel_that_cannot_shut_decoders_in_is_reported(monkeypatch, layers, expected):
    monkeypatch.setattr(checks, "has_landlock", lambda: layers[0])
    monkeypatch.setattr(checks, "has_filter", lambda: layers[1])
    assert [message.id for message in checks.check_sandbox()] == expected


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have I003")
def test_data_beside_python_are_reported(settings, monkeypatch):
    settings.DATA_DIR = Path(sys.prefix) / "var"
    (message,) = [each for each in checks.check_sandbox() if each.id == "videos.W022"]
    assert sys.prefix in message.msg
