"""What servers and their settings need: keys, mail, names of variables."""

from collections.abc import Sequence
from importlib.util import find_spec

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from videos.checks.people import LOCAL_MAIL_BACKENDS
from videos.checks.site import is_this_machine


def check_server(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """E008, W010, W013: what a server needs and a command does without (``check --deploy``)."""
    messages: list[CheckMessage] = []
    if not settings.DEBUG and not settings.SECRET_KEY_IS_SET:
        messages.append(
            Error(
                "SECRET_KEY is not set: commands use the key of `make run`, but servers do not "
                "start.",
                hint="Set SECRET_KEY to 50 random characters or more.",
                id="videos.E008",
            )
        )
    if is_this_machine(settings.SITE_URL):
        messages.append(
            Warning(
                f"SITE_URL is {settings.SITE_URL}: links in mails and on share pages lead nowhere "
                "but to this machine.",
                hint="Set SITE_URL to the address that people use.",
                id="videos.W010",
            )
        )
    if settings.EMAIL_BACKEND.split(".")[-2] in LOCAL_MAIL_BACKENDS:
        messages.append(
            Warning(
                "No mail leaves this machine: nobody can confirm an address or get a new password.",
                hint="Set EMAIL_URL, such as smtp+tls://user:password@mail.example.com:587",
                id="videos.W013",
            )
        )
    return messages


def check_s3(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """E009: the packages for S3 are installed where files are to be there."""
    if not settings.S3_BUCKET or all(find_spec(name) for name in ("storages", "boto3")):
        return []
    return [
        Error(
            "S3_BUCKET is set, but the packages for S3 are not installed: no file can be stored.",
            hint=".venv/bin/pip install -r requirements-s3.txt",
            id="videos.E009",
        )
    ]


def check_names_of_variables(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """W009: a variable of ``.env`` that nothing reads is probably a slip of the pen."""
    return [
        Warning(
            f".env sets {name}, which is no setting.",
            hint=f"Perhaps {nearest} is meant." if nearest else "docs/settings.md lists them.",
            id="videos.W009",
        )
        for name, nearest in settings.UNDECLARED_VARIABLES.items()
    ]
