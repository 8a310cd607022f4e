"""``manage.py create_api_key``: issue an API key for an account and print it once."""

from argparse import ArgumentParser
from datetime import timedelta

from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.views.decorators.debug import sensitive_variables

from videos import clock
from videos.accounts.notices import notify
from videos.forms.keys import MAX_NAME_LENGTH
from videos.models import AccountEvent, ApiKey, User

BAD_INPUT = 2
MAX_DAYS = 36500


class Command(BaseCommand):
    """Issues a key and prints it: the last line of the output is the key and nothing else."""

    help = "Make an API key for the account EMAIL. The last line of the output is the key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the owner, the name, the scopes and the lifetime of the key."""
        parser.add_argument("email", metavar="EMAIL", help="whose key it is")
        parser.add_argument("--name", default="Command line", help="what it is for")
        parser.add_argument("--read-only", action="store_true", help="it may only ask")
        parser.add_argument("--days", type=int, help="how long it lasts (until it is revoked)")

    @sensitive_variables("secret")
    def handle(self, *args: object, **options: object) -> None:
        """Issue the key and print it."""
        email, name, days = str(options["email"]), str(options["name"]), options["days"]
        owner = User.objects.filter(email=email.lower(), is_active=True).first()
        if owner is None:
            raise CommandError(f"Nobody here is {email}.", returncode=BAD_INPUT)
        if not 0 < len(name) <= MAX_NAME_LENGTH:
            raise CommandError(
                f"--name has 1 to {MAX_NAME_LENGTH} characters.", returncode=BAD_INPUT
            )
        if isinstance(days, int) and not 0 < days <= MAX_DAYS:
            raise CommandError(f"--days is 1 to {MAX_DAYS}.", returncode=BAD_INPUT)
        scopes = ApiKey.Scopes.READ if options["read_only"] else ApiKey.Scopes.WRITE
        expires_at = clock.now() + timedelta(days=days) if isinstance(days, int) else None
        row, secret = ApiKey.objects.issue(owner, name, scopes, expires_at)
        notify(owner, AccountEvent.Kind.API_KEY_CREATED, str(row))
        self.stdout.write(f"Key {row.name!r} of {owner}, told this once:")
        self.stdout.write(secret)
