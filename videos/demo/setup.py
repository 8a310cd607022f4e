"""The demo song as somebody's own, and the demo of a development machine: two accounts that have
it, made once.
"""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction

from videos import demo
from videos.media import analysis_cache
from videos.models import MusicTask, Track, User
from videos.render.sandbox.probe import probe_apart
from videos.statuses import MusicStatus

DEMO, ADMIN = "demo@example.com", "admin@example.com"


@dataclass(frozen=True)
class Account:
    """A log-in that is printed when the portal starts."""

    role: str
    email: str
    password: str


def make_demo() -> list[Account]:
    """Make the accounts and the song where they are missing, and return the log-ins.

    Raises ``RuntimeError`` outside DEBUG: well-known accounts have no place on a real site.
    """
    if not settings.DEBUG:
        raise RuntimeError("Demo accounts are made on development machines only (DEBUG).")
    passwords = _passwords(Path(settings.DATA_DIR) / "demo-logins.json")
    creator = _account(DEMO, passwords[DEMO])
    _account(ADMIN, passwords[ADMIN], is_staff=True, is_superuser=True)
    if not Track.objects.for_user(creator).exists():
        make_song(creator)
    return [Account("Demo", DEMO, passwords[DEMO]), Account("Admin", ADMIN, passwords[ADMIN])]


def make_song(owner: User) -> Track:
    """Give ``owner`` the demo song."""
    info = probe_apart(demo.AUDIO, analysis_cache.memory())
    with transaction.atomic(), demo.AUDIO.open("rb") as audio, demo.COVER.open("rb") as cover:
        task = MusicTask.objects.create(owner=owner, status=MusicStatus.SUCCESS)
        return Track.objects.create(
            music_task=task,
            title=demo.TITLE,
            tags=demo.TAGS,
            lyrics=demo.LYRICS.read_text(encoding="utf-8"),
            audio=File(audio, demo.AUDIO.name),
            cover=File(cover, demo.COVER.name),
            duration=info.duration,
            channels=info.channels,
            sample_rate=info.sample_rate,
            loudness=info.loudness,
            size=demo.AUDIO.stat().st_size + demo.COVER.stat().st_size,
            audio_digest=info.digest,
        )


def _account(email: str, password: str, **fields: bool) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        return User.objects.create_user(
            email, password, author=demo.AUTHOR, domain_name=demo.DOMAIN_NAME, **fields
        )
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    return user


def _passwords(path: Path) -> dict[str, str]:
    """Return the passwords kept at ``path``, made at the first call in a file of mode 0600."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            json.dump({email: secrets.token_urlsafe(9) for email in (DEMO, ADMIN)}, file)
    found: dict[str, str] = json.loads(path.read_text(encoding="ascii"))
    return found
