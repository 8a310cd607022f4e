"""Creates the demo song for a user, and two demo accounts on a development machine."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction

from videos import demo
from videos.media.analysis_cache import analysis_cache
from videos.media.new_files import store_files
from videos.models import MusicTask, Track, User
from videos.render.sandbox.probe import probe_in_child
from videos.statuses import MusicStatus

DEMO_EMAIL, ADMIN_EMAIL = "demo@example.com", "admin@example.com"


@dataclass(frozen=True)
class Account:
    """The credentials of an account, which are printed when the portal starts."""

    role: str
    email: str
    password: str


def make_demo() -> list[Account]:
    """Create the accounts and the song if they are missing, and return the credentials.

    Raises ``RuntimeError`` without DEBUG: a real site must not have well-known accounts.
    """
    if not settings.DEBUG:
        raise RuntimeError("Demo accounts are made on development machines only (DEBUG).")
    passwords = _load_passwords(Path(settings.DATA_DIR) / "demo-logins.json")
    user = _get_or_create_account(DEMO_EMAIL, passwords[DEMO_EMAIL])
    _get_or_create_account(ADMIN_EMAIL, passwords[ADMIN_EMAIL], is_staff=True, is_superuser=True)
    if not Track.objects.for_user(user).exists():
        make_demo_song(user)
    emails = {"Demo": DEMO_EMAIL, "Admin": ADMIN_EMAIL}
    return [Account(role, email, passwords[email]) for role, email in emails.items()]


def make_demo_song(owner: User) -> Track:
    """Create the demo song as a song of ``owner``."""
    audio_info = probe_in_child(demo.AUDIO, analysis_cache())
    with demo.AUDIO.open("rb") as audio, demo.COVER.open("rb") as cover:
        track = Track(
            title=demo.TITLE,
            tags=demo.TAGS,
            lyrics=demo.LYRICS.read_text(encoding="utf-8"),
            audio=File(audio, demo.AUDIO.name),
            cover=File(cover, demo.COVER.name),
            duration=audio_info.duration,
            channels=audio_info.channels,
            sample_rate=audio_info.sample_rate,
            loudness=audio_info.loudness,
            size=demo.AUDIO.stat().st_size + demo.COVER.stat().st_size,
            audio_digest=audio_info.digest,
        )
        store_files(track)
    with transaction.atomic():
        track.music_task = MusicTask.objects.create(owner=owner, status=MusicStatus.SUCCESS)
        track.save(force_insert=True)
    return track


def _get_or_create_account(email: str, password: str, **fields: bool) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        return User.objects.create_user(
            email, password, author=demo.AUTHOR, domain_name=demo.DOMAIN_NAME, **fields
        )
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    return user


def _load_passwords(path: Path) -> dict[str, str]:
    """Return the passwords by e-mail address; the first call creates ``path`` with mode 0600."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            json.dump(
                {email: secrets.token_urlsafe(9) for email in (DEMO_EMAIL, ADMIN_EMAIL)}, file
            )
    passwords: dict[str, str] = json.loads(path.read_text(encoding="ascii"))
    return passwords
