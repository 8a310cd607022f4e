"""``manage.py check --deploy`` as on a server."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings as django_settings

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
