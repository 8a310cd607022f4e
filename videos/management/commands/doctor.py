"""``manage.py doctor``: says what is wrong with this installation, and how to mend it."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.checks import INFO, run_checks
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from videos.monitoring import probes
from videos.monitoring.probes import Finding


class Command(BaseCommand):
    """Runs all system checks and probes; ends with 1 where something is wrong."""

    help = "Say what is wrong with this installation, and how to mend it."
    requires_system_checks = []  # it runs them itself, and goes on after an error

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare no arguments: everything is set by the environment."""

    def handle(self, *args: object, **options: object) -> None:
        """Examine the installation."""
        count = self._report("Settings", _of_checks())
        for name, findings in probes.examine():
            count += self._report(name, findings)
        if count:
            noun = "thing is" if count == 1 else "things are"
            raise CommandError(f"{count} {noun} wrong.", returncode=1)
        self.stdout.write(self.style.SUCCESS("All is well."))

    def _report(self, name: str, findings: list[Finding]) -> int:
        mark = self.style.ERROR("wrong") if findings else self.style.SUCCESS("ok")
        self.stdout.write(f"{name}: {mark}")
        for each in findings:
            hint = f"\n    {each.hint}" if each.hint else ""
            self.stdout.write(f"  {each.problem}{hint}")
        return len(findings)


def _of_checks() -> list[Finding]:
    """Return what the system checks find: those of the database, and on a server those for it."""
    deploy = not settings.DEBUG
    try:
        messages = run_checks(include_deployment_checks=deploy, databases=["default"])
    except DatabaseError:  # the probe of the database says why
        messages = run_checks(include_deployment_checks=deploy)
    return [
        Finding(message.msg, message.hint or "")
        for message in messages
        if message.level > INFO and not message.is_silenced()
    ]
