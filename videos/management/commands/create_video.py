"""``manage.py create_video``: order a vendor's film from a script, and wait for it if so wanted."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Mapping

from django.core.management import CommandError
from django.core.management.base import BaseCommand

from videos import pipeline
from videos.forms.fields import LineField
from videos.forms.vendor import FindSongForm
from videos.forms.video import LONGEST_LINE
from videos.models import User, Video
from videos.providers.json_fields import number
from videos.providers.registry import vendors
from videos.share import preview_card
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
        # What is left out is bad input like any other: told as JSON, not by argparse
        parser.add_argument("--owner", default="", metavar="EMAIL", help="whose video it is")
        parser.add_argument("--provider", default="", help="apikley, kie, sunoapi or crun")
        parser.add_argument("--task-id", default="", help="the vendor's music task")
        parser.add_argument("--audio-id", default="", help="the track in it")
        parser.add_argument("--author", default="", help="signed on the cover")
        parser.add_argument("--domain-name", default="", help="shown at the bottom")
        parser.add_argument("--wait", action="store_true", help="until the film is ours")
        parser.add_argument(
            "--timeout", default="3600", metavar="SECONDS", help="of waiting (3600)"
        )

    def handle(self, *args: object, **options: object) -> None:
        """Order the film, and wait for it."""
        try:
            seconds = _seconds(options["timeout"])
            video = _ordered(options)
        except CommandError as error:  # which goes to people, on the other channel
            self.stdout.write(json.dumps({"errorMessage": str(error)}, ensure_ascii=False))
            raise
        if options["wait"]:
            _wait(video, seconds)
            video.refresh_from_db()
        self.stdout.write(json.dumps(_outcome(video), ensure_ascii=False))
        if video.is_final and not video.is_ready:
            raise SystemExit(1)
        if options["wait"] and not video.is_ready:
            raise SystemExit(1)


class OrderForm(FindSongForm):
    """The whole order, with what is signed and shown."""

    author = LineField(max_length=LONGEST_LINE, required=False)
    domain_name = LineField(max_length=LONGEST_LINE, required=False)


def _seconds(said: object) -> float:
    seconds = number(said)
    if seconds is None or seconds < 0:
        raise CommandError(f"--timeout is {said}, which is no time.", returncode=BAD_INPUT)
    return seconds


def _ordered(options: Mapping[str, object]) -> Video:
    """Order what was asked for; raises ``CommandError`` where something is wrong with it."""
    owner = User.objects.filter(email=str(options["owner"]).lower(), is_active=True).first()
    if owner is None:
        named = options["owner"] or "without --owner"
        raise CommandError(f"Nobody here is {named}.", returncode=BAD_INPUT)
    known = [each.key for each in vendors()]
    if options["provider"] not in known:
        offered = ", ".join(known) or "none: set the key of one"
        sentence = f"{options['provider'] or '--provider'} is not set up here (set up: {offered})."
        raise CommandError(sentence, returncode=BAD_INPUT)
    form = OrderForm({"vendor": options["provider"], **options})
    track = form.keep(owner) if form.is_valid() else None
    if track is None:
        said = "; ".join(
            f"{_flag(name)}: {' '.join(map(str, e))}" for name, e in form.errors.items()
        )
        raise CommandError(said, returncode=BAD_INPUT)
    video, _is_new = pipeline.order(
        owner,
        track,
        provider=str(options["provider"]),
        format=Video.Format.WIDE,
        author=form.cleaned_data["author"],
        domain_name=form.cleaned_data["domain_name"],
    )
    return video


def _flag(field: str) -> str:
    return f"--{field.replace('_', '-')}"


def _wait(video: Video, seconds: float) -> None:
    """Move the video along, beside workers or without any, until nothing more is to come."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        video.refresh_from_db()
        if not video.moves:
            return
        if not pipeline.produce(video.pk):
            time.sleep(PAUSE)


def _outcome(video: Video) -> dict[str, object]:
    """Return what is known of the video, in the words of the vendors."""
    said: dict[str, object] = {
        "taskId": video.pk.hex,
        "vendorTaskId": video.vendor_task_id,
        "provider": video.provider,
        "successFlag": video.status,
        "pageUrl": preview_card.absolute(video.get_absolute_url()),
    }
    if video.status == VideoStatus.SUCCESS:
        said |= {"videoUrl": preview_card.film_url(video), "isCopied": bool(video.film)}
    if video.error_message:
        said["errorMessage"] = video.error_message
    return said
