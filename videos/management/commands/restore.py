"""``manage.py restore FOLDER``: a backup in the place of what is here."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from videos import backups
from videos.backups import BackupError, Manifest, Restored

EXAMPLES = 3  # names of files that are printed
HELD_ORDERS = (
    "{count} orders had not reached their vendors when the backup was made. They may have since, "
    "so none is sent where it would be billed twice: such a video fails with a sentence."
)


class Command(BaseCommand):
    """Restores a backup into a site that is stopped, or says whether it could."""

    help = "Put a backup in the place of this site's database and files."
    requires_system_checks = []  # a site that is to be restored may have no tables

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the folder and the switches."""
        parser.add_argument(
            "folder", type=Path, help="a backup, or the folder of backups: then the newest"
        )
        parser.add_argument(
            "--force", action="store_true", help="replace a site that has rows or files"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="read and compare all of it, change nothing"
        )

    def handle(self, *args: object, **options: object) -> None:
        """Restore the backup, or say what stands in the way."""
        is_trial = bool(options["dry_run"])
        try:
            folder = backups.choose(Path(str(options["folder"])))
            is_forced = bool(options["force"])
            manifest, notes = backups.examine(folder, force=is_forced, is_trial=is_trial)
            self._introduce(folder, manifest, notes)
            if is_trial:
                self._try(folder)
            else:
                self._report(backups.restore(folder, manifest))
        except BackupError as error:
            raise CommandError(str(error)) from error

    def _introduce(self, folder: Path, manifest: Manifest, notes: list[str]) -> None:
        size = filesizeformat(manifest.media.size)
        self.stdout.write(
            f"{folder}: version {manifest.version}, {manifest.engine}, "
            f"{manifest.media.count} files ({size})."
        )
        for note in notes:
            self.stderr.write(self.style.WARNING(note))

    def _try(self, folder: Path) -> None:
        damaged = backups.damaged_files(folder)
        if damaged:
            names = ", ".join(damaged[:EXAMPLES])
            raise BackupError(f"{len(damaged)} files are missing or damaged: {names}")
        self.stdout.write("All of it is whole. Nothing was changed.")

    def _report(self, result: Restored) -> None:
        counts = result.counts
        self.stdout.write(
            f"Restored in {result.seconds:g} s: the database, and {counts.copied} files "
            f"({filesizeformat(counts.copied_bytes)}); {counts.unchanged} were here already."
        )
        if result.held_orders:
            self.stdout.write(HELD_ORDERS.format(count=result.held_orders))
        if result.missing:
            names = ", ".join(result.missing[:EXAMPLES])
            text = f"{len(result.missing)} files that rows name are not here: {names}"
            self.stderr.write(self.style.WARNING(text))
        self.stdout.write("Run manage.py prepare, start the processes, then manage.py doctor.")
