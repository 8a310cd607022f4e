"""``manage.py create_video``: order a vendor's film from a script, and wait for it if so wanted."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Mapping

from django.core.management import CommandError
from django.core.management.base import BaseCommand

from videos import production, sharing
from videos.forms.vendor import FindSongForm
from videos.forms.video import LONGEST_LINE
from videos.models import User, Video
from videos.providers.registry import vendors
from videos.statuses import VideoStatus

BAD_INPUT = 2
PAUSE = 0.2  # seconds


class Command(BaseCommand):
    """Orders a film of a song that a vendor made, and prints what became of it as JSON."""

    help = (
        "Order a film of a vendor's song and print the outcome as JSON. Ends with 0 on success "
        "(without --wait: once it is ordered), 1 on a failure and 2 on bad input."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the order's fields."""
        parser.add_argument("--owner", required=True, metavar="EMAIL", help="whose video it is")
        parser.add_argument("--provider", required=True, help="apikley, kie, sunoapi or crun")
        parser.add_argument("--task-id", required=True, help="the vendor's music task")
        parser.add_argument("--audio-id", required=True, help="the track in it")
        parser.add_argument("--author", default="", help="signed on the cover")
        parser.add_argument("--domain-name", default="", help="shown at the bottom")
        parser.add_argument("--wait", action="store_true", help="until the film is ours")
        parser.add_argument(
            "--timeout", type=float, default=3600, metavar="SECONDS", help="of waiting (3600)"
        )

    def handle(self, *args: object, **options: object) -> None:
        """Order the film, and wait for it."""
        video = _ordered(options)
        if options["wait"]:
            _wait(video, float(str(options["timeout"])))
            video.refresh_from_db()
        self.stdout.write(json.dumps(_outcome(video), ensure_ascii=False))
        if video.is_final and not video.is_ready:
            raise SystemExit(1)
        if options["wait"] and not video.is_ready:
            raise SystemExit(1)


def _ordered(options: Mapping[str, object]) -> Video:
    """Order what was asked for; raises ``CommandError`` where something is wrong with it."""
    owner = User.objects.filter(email=str(options["owner"]).lower(), is_active=True).first()
    if owner is None:
        raise CommandError(f"Nobody here is {options['owner']}.", returncode=BAD_INPUT)
    known = [each.key for each in vendors()]
    if options["provider"] not in known:
        offered = ", ".join(known) or "none: set the key of one"
        sentence = f"{options['provider']} is not set up here (set up: {offered})."
        raise CommandError(sentence, returncode=BAD_INPUT)
    author, domain_name = str(options["author"]), str(options["domain_name"])
    for name, value in (("--author", author), ("--domain-name", domain_name)):
        if len(value) > LONGEST_LINE:
            sentence = f"{name} has {len(value)} characters; {LONGEST_LINE} are the limit."
            raise CommandError(sentence, returncode=BAD_INPUT)
    ids = {name: options[name] for name in ("task_id", "audio_id")}
    form = FindSongForm({"vendor": options["provider"], **ids})
    track = form.keep(owner) if form.is_valid() else None
    if track is None:
        said = "; ".join(f"{name}: {' '.join(map(str, e))}" for name, e in form.errors.items())
        raise CommandError(said, returncode=BAD_INPUT)
    video, _is_new = production.order(
        owner,
        track,
        provider=str(options["provider"]),
        format=Video.Format.WIDE,
        author=author,
        domain_name=domain_name,
    )
    return video


def _wait(video: Video, seconds: float) -> None:
    """Move the video along, beside workers or without any, until nothing more is to come."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        video.refresh_from_db()
        if not video.moves:
            return
        if not production.produce(video.pk):
            time.sleep(PAUSE)


def _outcome(video: Video) -> dict[str, object]:
    """Return what is known of the video, in the words of the vendors."""
    said: dict[str, object] = {
        "taskId": video.pk.hex,
        "vendorTaskId": video.vendor_task_id,
        "provider": video.provider,
        "successFlag": video.status,
        "pageUrl": sharing.absolute(video.get_absolute_url()),
    }
    if video.status == VideoStatus.SUCCESS:
        said |= {"videoUrl": sharing.film_url(video), "isCopied": bool(video.film)}
    if video.error_message:
        said["errorMessage"] = video.error_message
    return said
