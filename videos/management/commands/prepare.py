"""``manage.py prepare``: all preparations for a start on this machine, in one process."""

import os
import socket
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection

from videos.checks import check_platform, check_sandbox
from videos.demo import setup
from videos.management.migrating import migrate
from videos.media.permissions import set_modes

DATABASE_TIMEOUT = 5  # seconds in which a database must accept a connection


class Command(BaseCommand):
    """Migrates, collects static files and, in development, creates the demo accounts."""

    help = "Migrate, collect static files and, on a development machine, make the demo."
    requires_system_checks = []  # the checks run with migrate

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare no arguments: everything is set by the environment."""

    def handle(self, *args: object, **options: object) -> None:
        """Prepare this machine for ``honcho start``."""
        port = int(os.environ.get("PORT", "8000"))
        if settings.DEBUG:  # in production it runs while the portal that it updates is up
            _refuse_busy_port(port)
        _require_database()
        _move_analysis_cache()
        migrate()
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        accounts = setup.make_demo() if settings.DEBUG else []
        set_modes()
        if settings.DEBUG:
            self._print_addresses(accounts, port)

    def _print_addresses(self, accounts: list[setup.Account], port: int) -> None:
        self.stdout.write(f"\n  {settings.SITE_NAME}:  http://127.0.0.1:{port}\n\n")
        for account in accounts:
            line = f"  {account.role:<6} {account.email}   password  {account.password}"
            self.stdout.write(line)
        self.stdout.write(
            f"\n  The admin is at http://127.0.0.1:{port}/admin/"
            f"\n  Everything is kept in {settings.DATA_DIR}; Ctrl-C stops it.\n\n"
        )
        for message in [*check_platform(), *check_sandbox()]:
            self.stdout.write(f"  {message.msg} {message.hint}\n\n")


def _require_database() -> None:
    """Connect to the database once, because a pool would retry for long and hide the reason.

    Raises ``CommandError``.
    """
    probe = connection.copy()
    options = probe.settings_dict["OPTIONS"]
    if options.pop("pool", None):
        options["connect_timeout"] = DATABASE_TIMEOUT
    try:
        probe.connect()
    except OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise CommandError(f"The database cannot be used (DATABASE_URL): {reason}") from error
    finally:
        probe.close()


def _move_analysis_cache() -> None:
    """Move the cache from the folder that it had before, so that no song is analysed again."""
    before, now = Path(settings.DATA_DIR) / "heard", Path(settings.ANALYSIS_CACHE_DIR)
    if before.is_dir() and not now.exists():
        before.rename(now)


def _refuse_busy_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is taken by another program; try: make run PORT={port + 1}"
            ) from error
