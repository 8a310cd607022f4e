"""``manage.py backup FOLDER``: the whole site into a folder, while it runs."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from videos import backups
from videos.backups import BackupError, Outcome

EXAMPLES = 3  # names of files that are printed
KEEP_THE_KEY = (
    "SECRET_KEY is not in it. Keep it elsewhere, as safe as the backup: with another key everybody "
    "must log in again, and links that the site has mailed, and old addresses of films, are dead."
)
KEY_IS_INSIDE = "SECRET_KEY is in it (secret_key): keep the folder from others."
ONLY_A_LIST = (
    "The files are in the bucket, and only their list is in the backup: let the bucket keep "
    "versions, or copy it with the tools of its provider."
)


class Command(BaseCommand):
    """Makes a backup; what has not changed since the one before takes no room."""

    help = "Back up database, files and SECRET_KEY into a folder, while the portal runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the folder and what may be left out."""
        parser.add_argument("folder", type=Path, help="where the backups are, one folder for each")
        parser.add_argument(
            "--keep",
            type=int,
            default=0,
            metavar="N",
            help="delete the oldest beyond so many (default: none)",
        )
        parser.add_argument(
            "--without-secret-key", action="store_true", help="leave SECRET_KEY out"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what it would copy")

    def handle(self, *args: object, **options: object) -> None:
        """Make the backup, or say what it would be."""
        folder, keep = Path(str(options["folder"])), int(str(options["keep"]))
        if keep < 0:
            raise CommandError("--keep must be 0 or more.", returncode=2)
        try:
            if options["dry_run"]:
                counts = backups.plan(folder)
                size = filesizeformat(counts.copied_bytes)
                self.stdout.write(
                    f"It would write the database, copy {counts.copied} files ({size}), and link "
                    f"{counts.unchanged} that the last backup has. Nothing was written."
                )
                return
            with_key = not options["without_secret_key"]
            outcome = backups.create(folder, max_backups=keep, with_secret_key=with_key)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self._report(outcome)

    def _report(self, outcome: Outcome) -> None:
        manifest, counts = outcome.manifest, outcome.counts
        database = sum(each.size for each in manifest.database)
        self.stdout.write(f"{outcome.folder} is complete after {manifest.seconds:g} s.")
        self.stdout.write(f"Database: {filesizeformat(database)} ({manifest.engine}).")
        if manifest.media.kind == "list":
            self.stdout.write(f"Files: {manifest.media.count}. {ONLY_A_LIST}")
        else:
            size, copied = map(filesizeformat, (manifest.media.size, counts.copied_bytes))
            self.stdout.write(
                f"Files: {manifest.media.count} ({size}); copied {counts.copied} ({copied}), "
                f"{counts.unchanged} were there already."
            )
        self.stdout.write(KEY_IS_INSIDE if manifest.has_secret_key else KEEP_THE_KEY)
        for path in outcome.deleted:
            self.stdout.write(f"Deleted {path}.")
        if outcome.missing:
            names = ", ".join(outcome.missing[:EXAMPLES])
            text = f"{len(outcome.missing)} files that rows name are not in the storage: {names}"
            self.stderr.write(self.style.WARNING(text))
