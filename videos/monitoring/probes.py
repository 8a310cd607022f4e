"""What ``manage.py doctor`` tries out: each probe says in sentences what is wrong and how to mend.

The system checks look at settings; these look at what the settings lead to. None changes anything.
"""

import json
import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.db import DatabaseError

from videos import VERSION, readiness
from videos.models import ScheduledTask, WorkerPulse
from videos.models.worker import MAX_CLOCK_OFFSET, clock_offset
from videos.monitoring import numbers
from videos.outbound import smtp
from videos.outbound.addresses import RefusedAddress
from videos.outbound.client import Client, NoResponse
from videos.queue import BEAT, DELIVER, RENDER, WORK
from videos.render.text.faces import FACES, FOLDER

TIMEOUT = 15.0  # seconds for the site, the mail server or the codecs
MIN_FREE_BYTES = 2 * 1024**3
MIN_FREE_SHARE = 0.05
PRIVATE_NAMES = ("portal.sqlite3", "secret_key", "queue", "uploads", "scratch")
# The header that lets /healthz tell what arrives there, and what signs it
DOCTOR_HEADER, DOCTOR_SALT = "X-Portal-Doctor", "doctor"
CODECS = """
import av
readers = ("mp3", "aac", "flac", "vorbis", "opus", "alac", "pcm_s16le")
needed = {"w": ("libx264", "aac"), "r": readers}
for mode, names in needed.items():
    for name in names:
        try:
            av.codec.Codec(name, mode)
        except ValueError:
            print(name)
"""


@dataclass(frozen=True)
class Finding:
    """Something that is wrong, and how to mend it."""

    problem: str
    hint: str


def examine() -> Iterator[tuple[str, list[Finding]]]:
    """Yield the name of each probe with what it found; a probe that breaks is a finding, too."""
    probes: dict[str, Callable[[], list[Finding]]] = {
        "Modes of files": modes,
        "Room on the disk": space,
        "Database": database,
        "Broker": broker,
        "Files of songs and films": storage,
        "Workers": workers,
        "Clocks": clocks,
        "The site at its address": site,
        "Mail server": mail_server,
        "Fonts": fonts,
        "Codecs": codecs,
    }
    for name, probe in probes.items():
        try:
            yield name, probe()
        except DatabaseError:  # the probe of the database says why
            yield name, []
        except Exception as error:
            text = f"{type(error).__name__}: {error}"
            yield name, [Finding(f"It could not be looked at: {text}", "Mend that first.")]


def modes() -> list[Finding]:
    """Look for what other accounts of this machine can read."""
    findings = []
    env_file = Path(settings.BASE_DIR) / ".env"
    if env_file.exists() and _mode(env_file) & 0o077:
        problem = f"Other accounts can read {env_file}, with its passwords."
        findings.append(Finding(problem, f"chmod 600 {env_file}"))
    data = Path(settings.DATA_DIR)
    paths = [data, *(data / name for name in PRIVATE_NAMES)]
    is_closed = not _mode(data) & 0o007  # whatever the modes of what is in it are
    open_paths = [path for path in paths if path.exists() and _mode(path) & 0o007 and not is_closed]
    if open_paths:
        names = ", ".join(map(str, open_paths))
        problem = f"Every account of this machine can enter or read {names}."
        findings.append(Finding(problem, "Run manage.py prepare."))
    strangers = [path for path in paths if path.exists() and path.stat().st_uid != os.geteuid()]
    if strangers:
        names = ", ".join(map(str, strangers))
        findings.append(
            Finding(
                f"{names} belongs to another account than the one that runs this command.",
                "Run it as the account of the portal, or give that account what it needs (chown).",
            )
        )
    return findings


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def space() -> list[Finding]:
    """Look at the room in ``DATA_DIR``, and at how many more files it takes."""
    usage, files = shutil.disk_usage(settings.DATA_DIR), os.statvfs(settings.DATA_DIR)
    findings = []
    if usage.free < max(MIN_FREE_BYTES, usage.total * MIN_FREE_SHARE):
        text = f"{settings.DATA_DIR} has room for {usage.free / 1024**3:.1f} GB only."
        findings.append(Finding(text, "Films wait while there is none: make room, or add a disk."))
    if files.f_files and files.f_favail < files.f_files * MIN_FREE_SHARE:
        text = f"The file system of {settings.DATA_DIR} takes {files.f_favail} more files only."
        findings.append(Finding(text, "Delete what is small and many there, or add a disk."))
    return findings


def database() -> list[Finding]:
    """Ask the database for an answer, and for its tables."""
    try:
        readiness.PARTS["database"]()
    except DatabaseError as error:
        return [Finding(f"It does not answer: {_first_line(error)}", "Look at DATABASE_URL.")]
    if not readiness.PARTS["migrations"]():
        return [Finding("Its tables are of another version.", "Run manage.py prepare.")]
    return []


def broker() -> list[Finding]:
    """Connect to the queue."""
    try:
        readiness.OTHER_PARTS["broker"]()
    except Exception as error:  # each transport has error classes of its own
        hint = "Look at CELERY_BROKER_URL; meanwhile workers find what is due by themselves."
        return [Finding(f"It does not answer: {_first_line(error)}", hint)]
    return []


def storage() -> list[Finding]:
    """Write a file where songs and films go."""
    if settings.S3_BUCKET and not find_spec("storages"):
        return []  # the system checks say so
    try:
        readiness.PARTS["storage"]()
    except Exception as error:  # a remote storage has error classes of its own
        hint = "Look at the settings S3_…" if settings.S3_BUCKET else "Look at owner and modes."
        return [Finding(f"It cannot be used: {_first_line(error)}", hint)]
    return []


def workers() -> list[Finding]:
    """Look for queues without a worker, and for workers of another version."""
    pulses = numbers.workers()
    alive = numbers.workers_by_queue(pulses)
    lines = {WORK: "worker", DELIVER: "worker", RENDER: "renderer", BEAT: "beat"}
    missing = sorted({line for queue, line in lines.items() if not alive[queue]})
    findings = [
        Finding(f"No {line} has been alive for half a minute.", f"Start {line} of the Procfile.")
        for line in missing
    ]
    if alive[BEAT] and not ScheduledTask.objects.ticks():
        text = "Beat lives, but none of its ticks has reached a worker for 40 seconds."
        hint = "Look at the broker and at the log of beat; restart beat if it hangs."
        findings.append(Finding(text, hint))
    for pulse in pulses:
        if pulse.version != VERSION:
            text = f"{pulse.name} runs version {pulse.version or '?'}, and this is {VERSION}."
            findings.append(Finding(text, "Restart it with the new code."))
    return findings


def clocks() -> list[Finding]:
    """Compare the clocks of this machine and of the workers with that of the database."""
    offsets = {"This machine": clock_offset()}
    rows = WorkerPulse.objects.alive().values_list("name", "clock_offset")
    offsets |= dict(rows)
    return [
        Finding(
            f"{name}: its clock is {abs(offset):.1f} s {'ahead of' if offset > 0 else 'behind'} "
            "that of the database. Work goes by the database's, but logs, codes of second factors "
            "and signatures do not.",
            "Synchronise the clocks (NTP).",
        )
        for name, offset in offsets.items()
        if offset and abs(offset) > MAX_CLOCK_OFFSET
    ]


def site() -> list[Finding]:
    """Ask for the site at ``SITE_URL``, as people do, and for what its proxies made of that."""
    url = f"{settings.SITE_URL}/healthz"
    headers = {DOCTOR_HEADER: signing.dumps(int(time.time()), salt=DOCTOR_SALT)}
    try:
        with (
            Client(TIMEOUT, is_trusted=True) as client,
            client.send("GET", url, headers=headers) as response,
        ):
            status, body = response.status, response.read_all(64 * 1024)
    except (NoResponse, RefusedAddress) as error:
        return [Finding(f"{url}: {error}", "Look at SITE_URL, its DNS entry, and the proxy.")]
    try:
        payload = json.loads(body)
    except ValueError:
        payload = None
    if status != 200 or not isinstance(payload, dict) or payload.get("status") != "ok":
        text = f"{url} answers {status}, and not as this portal does."
        return [Finding(text, "Look at SITE_URL, and where the proxy leads (proxy_pass).")]
    if "request" not in payload:
        text = f"The portal that answers at {url} has another SECRET_KEY."
        return [Finding(text, "Give all processes and commands the same .env.")]
    return _of_proxies(payload["request"])


def _of_proxies(arrived: dict[str, object]) -> list[Finding]:
    """Return what is wrong with the headers that arrived at the portal."""
    count = int(str(arrived["forwarded"]))
    if not settings.BEHIND_PROXY:
        if not count:
            return []
        text = "A proxy stands before the portal, but BEHIND_PROXY is not set: all visitors look "
        return [Finding(f"{text}alike.", "Set BEHIND_PROXY=true.")]
    findings = []
    if not count:
        text = "BEHIND_PROXY is set, but no proxy adds to X-Forwarded-For: whoever comes may say "
        hint = "Let the proxy add to it ($proxy_add_x_forwarded_for), or set BEHIND_PROXY=false."
        findings.append(Finding(f"{text}what address they like.", hint))
    elif count != settings.PROXY_COUNT:
        text = f"PROXY_COUNT is {settings.PROXY_COUNT}, but X-Forwarded-For has {count} addresses."
        hint = (
            f"Set PROXY_COUNT={count}, if that is how many proxies of yours there are; each must "
            "add to the header ($proxy_add_x_forwarded_for)."
        )
        findings.append(Finding(text, hint))
    if settings.SITE_URL.startswith("https:") and not arrived["secure"]:
        text = "The proxy does not say that people come by https."
        findings.append(Finding(text, "In nginx: proxy_set_header X-Forwarded-Proto https;"))
    return findings


def mail_server() -> list[Finding]:
    """Connect to the mail server and log in there."""
    if not settings.CAN_SEND_MAIL:
        return []  # the system checks say so on a server
    deadline = time.monotonic() + TIMEOUT
    try:
        smtp.connect(lambda: time.monotonic() > deadline)
    except smtp.MailError as error:
        return [Finding(str(error), "Look at EMAIL_URL.")]
    return []


def fonts() -> list[Finding]:
    """Look for the fonts of the renderer."""
    missing = [face.file for face in FACES if not (FOLDER / face.file).is_file()]
    if not missing:
        return []
    text = f"{FOLDER} lacks {', '.join(missing[:3])}: the built-in renderer cannot draw all texts."
    return [Finding(text, "Take the whole code again: the fonts are part of it.")]


def codecs() -> list[Finding]:
    """Look for what decodes songs and encodes films, in a process of its own."""
    command = [sys.executable, "-c", CODECS]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT)  # noqa: S603 - our own words
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:]
        return [
            Finding(f"PyAV does not load: {' '.join(reason)}", "Install requirements.txt again.")
        ]
    missing = done.stdout.split()
    if not missing:
        return []
    hint = "Install PyAV as a wheel (pip install --force-reinstall av)."
    return [Finding(f"This PyAV lacks {', '.join(missing)}.", hint)]


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}{f': {lines[0]}' if lines else ''}"
