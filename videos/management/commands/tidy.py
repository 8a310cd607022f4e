"""``manage.py tidy``: the housekeeping at once, or what it would do."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from videos import housekeeping
from videos.media.orphans import TooManyOrphans


class Command(BaseCommand):
    """Runs the chores that beat's task runs by the clock, whether they are due or not."""

    help = "Delete what is over or belongs to nobody, as the portal does by the clock."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the chores and the switches."""
        parser.add_argument(
            "chores",
            nargs="*",
            metavar="CHORE",
            help=f"of {', '.join(housekeeping.CHORES)} (default: all)",
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what it would do")
        parser.add_argument(
            "--force", action="store_true", help="delete orphans, however many there are"
        )

    def handle(self, *args: object, **options: object) -> None:
        """Run the chores, or say what they would do."""
        names = options["chores"] or list(housekeeping.CHORES)
        assert isinstance(names, list)
        unknown = [name for name in names if name not in housekeeping.CHORES]
        if unknown:
            choices = ", ".join(housekeeping.CHORES)
            raise CommandError(f"{unknown[0]} is none of {choices}.", returncode=2)
        is_trial, force = bool(options["dry_run"]), bool(options["force"])
        for name in names:
            try:
                outcome = housekeeping.run(name, is_trial=is_trial, force=force)
            except TooManyOrphans as error:
                raise CommandError(str(error)) from error
            self.stdout.write(f"{housekeeping.CHORES[name].label}: {outcome}")
