"""``manage.py create_video``: order a vendor's film from a script, and optionally wait for it."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Mapping

from django.core.management import CommandError
from django.core.management.base import BaseCommand

from videos import pipeline
from videos.forms.fields import LineField
from videos.forms.vendor import FindSongForm
from videos.forms.video import MAX_LINE_LENGTH
from videos.models import User, Video
from videos.providers.json_fields import number
from videos.providers.registry import vendors
from videos.share.addresses import absolute_url, film_url
from videos.statuses import VideoStatus
from videos.vendors import VENDORS

BAD_INPUT = 2
POLL_INTERVAL = 0.2  # seconds


class Command(BaseCommand):
    """Orders a film of a song that a vendor made, and prints its outcome as JSON."""

    help = (
        "Order a film of a vendor's song and print the outcome as JSON. Ends with 0 on success "
        "(without --wait: once it is ordered), 1 on a failure and 2 on bad input."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the fields of the order."""
        # A missing value is reported as JSON like other bad input, not by argparse
        parser.add_argument("--owner", default="", metavar="EMAIL", help="whose video it is")
        parser.add_argument("--provider", default="", help=f"one of {', '.join(VENDORS)}")
        parser.add_argument("--task-id", default="", help="the vendor's music task")
        parser.add_argument("--audio-id", default="", help="the track in it")
        parser.add_argument("--author", default="", help="signed on the cover")
        parser.add_argument("--domain-name", default="", help="shown at the bottom")
        parser.add_argument("--wait", action="store_true", help="until the film is ours")
        parser.add_argument(
            "--timeout", default="3600", metavar="SECONDS", help="of waiting (3600)"
        )

    def handle(self, *args: object, **options: object) -> None:
        """Order the film, and wait for it if the options say so."""
        try:
            seconds = _parse_timeout(options["timeout"])
            video = _order(options)
        except CommandError as error:  # Django prints it for people to stderr
            self.stdout.write(json.dumps({"errorMessage": str(error)}, ensure_ascii=False))
            raise
        if options["wait"]:
            _advance_until_final(video, seconds)
            video.refresh_from_db()
        self.stdout.write(json.dumps(_outcome(video), ensure_ascii=False))
        if video.is_final and not video.is_ready:
            raise SystemExit(1)
        if options["wait"] and not video.is_ready:
            raise SystemExit(1)


class OrderForm(FindSongForm):
    """The whole order, with the author and the domain name."""

    author = LineField(max_length=MAX_LINE_LENGTH, required=False)
    domain_name = LineField(max_length=MAX_LINE_LENGTH, required=False)


def _parse_timeout(value: object) -> float:
    seconds = number(value)
    if seconds is None or seconds < 0:
        raise CommandError(f"--timeout is {value}, which is no time.", returncode=BAD_INPUT)
    return seconds


def _order(options: Mapping[str, object]) -> Video:
    """Order the film; raises ``CommandError`` where an option is wrong."""
    owner = User.objects.filter(email=str(options["owner"]).lower(), is_active=True).first()
    if owner is None:
        named = options["owner"] or "without --owner"
        raise CommandError(f"Nobody here is {named}.", returncode=BAD_INPUT)
    configured = [each.key for each in vendors()]
    if options["provider"] not in configured:
        offered = ", ".join(configured) or "none: set the key of one"
        sentence = f"{options['provider'] or '--provider'} is not set up here (set up: {offered})."
        raise CommandError(sentence, returncode=BAD_INPUT)
    form = OrderForm({"vendor": options["provider"], **options})
    track = form.add_song(owner) if form.is_valid() else None
    if track is None:
        problems = "; ".join(
            f"{_flag(name)}: {' '.join(map(str, e))}" for name, e in form.errors.items()
        )
        raise CommandError(problems, returncode=BAD_INPUT)
    request = pipeline.OrderRequest(
        track=track,
        provider=str(options["provider"]),
        author=form.cleaned_data["author"],
        domain_name=form.cleaned_data["domain_name"],
    )
    return pipeline.order(owner, request)[0]


def _flag(field: str) -> str:
    return f"--{field.replace('_', '-')}"


def _advance_until_final(video: Video, seconds: float) -> None:
    """Advance the video, with or without workers, until it is final or the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        video.refresh_from_db()
        if not video.is_in_progress:
            return
        if not pipeline.advance(video.pk):
            time.sleep(POLL_INTERVAL)


def _outcome(video: Video) -> dict[str, object]:
    """Return the outcome of the video, with the vendors' field names."""
    outcome: dict[str, object] = {
        "taskId": video.pk.hex,
        "vendorTaskId": video.vendor_task_id,
        "provider": video.provider,
        "successFlag": video.status,
        "pageUrl": absolute_url(video.get_absolute_url()),
    }
    if video.status == VideoStatus.SUCCESS:
        outcome |= {"videoUrl": film_url(video), "isCopied": bool(video.film)}
    if video.error_message:
        outcome["errorMessage"] = video.error_message
    return outcome
