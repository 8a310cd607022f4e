"""The checks of accounts and mail."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings

from tests.checks.deploy import ids
from videos import checks


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
