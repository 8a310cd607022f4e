"""``manage.py prepare``: everything that a start on this machine needs, in one process."""

import os
import socket
from argparse import ArgumentParser

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection

from videos.demo import setup

PATIENCE = 5  # seconds in which a database that is there answers


class Command(BaseCommand):
    """Migrates, collects static files, makes the demo in development, and says where to look."""

    help = "Migrate, collect static files and, on a development machine, make the demo."
    requires_system_checks = []  # the checks run with migrate

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take nothing: the environment says everything."""

    def handle(self, *args: object, **options: object) -> None:
        """Prepare this machine for ``honcho start``."""
        port = int(os.environ.get("PORT", "8000"))
        if settings.DEBUG:  # elsewhere it runs beside the portal that it updates
            _refuse_busy_port(port)
        _require_database()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if settings.DEBUG:
            self._introduce(setup.make_demo(), port)

    def _introduce(self, accounts: list[setup.Account], port: int) -> None:
        self.stdout.write(f"\n  {settings.SITE_NAME}:  http://127.0.0.1:{port}\n\n")
        for account in accounts:
            line = f"  {account.role:<6} {account.email}   password  {account.password}"
            self.stdout.write(line)
        self.stdout.write(
            f"\n  The admin is at http://127.0.0.1:{port}/admin/"
            f"\n  Everything is kept in {settings.DATA_DIR}; Ctrl-C stops it.\n\n"
        )


def _require_database() -> None:
    """Ask the database once: a pool would try for half a minute and keep the reason to itself."""
    probe = connection.copy()
    options = probe.settings_dict["OPTIONS"]
    if options.pop("pool", None):
        options["connect_timeout"] = PATIENCE
    try:
        probe.connect()
    except OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise CommandError(f"The database cannot be used (DATABASE_URL): {reason}") from error
    finally:
        probe.close()


def _refuse_busy_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is taken by another program; try: make run PORT={port + 1}"
            ) from error
