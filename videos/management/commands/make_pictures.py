"""``manage.py make_pictures``: small pictures of the films and covers that have none."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from videos.pipeline import pictures


class Command(BaseCommand):
    """Makes what workers make by and by; Ctrl-C stops it, and the next call goes on."""

    help = (
        "Make the preview pictures, thumbnails and teasers of films and covers that have none. "
        "Workers do that too, beside their other work."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare how many are made."""
        parser.add_argument("--limit", type=int, default=0, help="films and covers; 0 is all")

    def handle(self, *, limit: int, **options: object) -> None:
        """Make them one after the other, and say how many."""
        missing = pictures.count_missing()
        total = min(limit, missing) if limit else missing
        films = covers = 0
        while films + covers < total:
            made = pictures.make_next(1)
            if made == pictures.Made():
                break
            films, covers = films + made.films, covers + made.covers
            if (films + covers) % 100 == 0:
                self.stdout.write(f"{films + covers} of {total}")
        self.stdout.write(f"Made the pictures of {films} films and {covers} covers.")
        if left := pictures.count_missing():
            self.stdout.write(f"{left} are left: another worker makes them, or the next call.")
