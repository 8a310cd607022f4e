"""Rows of the portals that tests start: sessions, people with a short song, and a film to watch.

It runs inside ``manage.py shell`` of such a portal, with its settings. A log-in by the form takes
most of a second of a processor, and a film of the demo song takes ten: a test that looks at neither
should pay for neither.
"""

import json
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import login
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.http import HttpRequest
from django.urls import reverse

from suno_portal.backends.sessions import SessionStore
from tests import factories, media_files
from tests.audit import pages as audited_pages
from tests.render.samples import music, write_song
from tests.stack import COLLECTOR, PEOPLE
from videos import demo
from videos.accounts.adapter import AUTHENTICATED_AT
from videos.demo.setup import make_demo_song
from videos.keyset import PAGE_SIZE
from videos.models import MusicTask, Track, User, Video
from videos.models.track import PICTURES_VERSION
from videos.pipeline import pictures
from videos.render.sandbox.pictures import make_pictures_in_child
from videos.statuses import MusicStatus, VideoStatus, Visibility

SESSIONS = "sessions.json"  # in DATA_DIR: keys of sessions by e-mail address
SONG_SECONDS = 4
LYRICS = "[Verse]\n[00:00.50]The first line\n[00:01.50]The second line\n[00:02.50]The third line\n"


def prepare() -> None:
    """Do what ``manage.py prepare`` does, and log in the people of the demo."""
    call_command("prepare")
    _log_in(User.objects.all())


def make_pictures() -> None:
    """Make the small pictures that are missing, which a worker of each portal would make."""
    pictures.make_next()


def add_people() -> None:
    """Add people who have the password of the demo's person, and a short song each.

    The addresses of all are confirmed, which a portal that sends mails requires.
    """
    password = User.objects.get(email="demo@example.com").password
    User.objects.bulk_create(
        User(email=email, password=password, author=demo.AUTHOR, domain_name=demo.DOMAIN_NAME)
        for email in PEOPLE
    )
    people = User.objects.filter(email__in=PEOPLE)
    song = write_song(Path(settings.DATA_DIR) / "short.mp3", music(SONG_SECONDS)).read_bytes()
    thumbnail = make_pictures_in_child(demo.COVER.read_bytes()).thumbnail
    for person in people:
        _add_short_song(person, song, thumbnail)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in User.objects.all()
    )
    _log_in(people)


def _add_short_song(owner: User, song: bytes, thumbnail: bytes) -> None:
    factories.a_track(
        owner,
        title=demo.TITLE,
        tags=demo.TAGS,
        lyrics=LYRICS,
        audio=ContentFile(song, "song.mp3"),
        cover=ContentFile(demo.COVER.read_bytes(), "cover.jpg"),
        thumbnail=ContentFile(thumbnail, "thumbnail.webp"),
        pictures_version=PICTURES_VERSION,
        duration=SONG_SECONDS,
        channels=2,
        sample_rate=44100,
        loudness=-20.0,
    )


def add_collector() -> None:
    """Add somebody whose library has three pages, of films whose files are not there."""
    collector = User.objects.create_user(COLLECTOR)
    EmailAddress.objects.create(user=collector, email=COLLECTOR, verified=True, primary=True)
    task = MusicTask.objects.create(owner=collector, status=MusicStatus.SUCCESS)
    tracks = Track.objects.bulk_create(
        Track(music_task=task, title=f"Song {number:02}") for number in range(3 * PAGE_SIZE)
    )
    Video.objects.bulk_create(
        Video(owner=collector, track=track, status=VideoStatus.SUCCESS, due_at=None)
        for track in tracks
    )
    _log_in([collector])


def add_film() -> None:
    """Add an unlisted film of the demo song, and print its address.

    It has the length and the lyrics of the song, and a picture a second that is easy to encode.
    """
    track = Track.objects.get(music_task__owner__email="demo@example.com")
    frames = round(track.duration)
    video = factories.a_finished_video(
        track.music_task.owner,
        track,
        film_bytes=media_files.mp4(320, 180, frames=frames, rate=1),
        duration=frames,
        visibility=Visibility.UNLISTED,
    )
    print(reverse("videos:share", args=[video.slug]))


def add_audited_pages() -> None:
    """Add a person with every kind of page, and print the pages as JSON."""
    creator = User.objects.create_user(
        "pages@example.com", author=demo.AUTHOR, domain_name=demo.DOMAIN_NAME
    )
    EmailAddress.objects.create(user=creator, email=creator.email, verified=True, primary=True)
    _log_in([creator])
    pages = audited_pages.add_pages(creator, make_demo_song(creator))
    print(json.dumps([asdict(page) for page in pages]))


def _log_in(people: Iterable[User]) -> None:
    """Log people in, and write the keys of their sessions."""
    path = Path(settings.DATA_DIR) / SESSIONS
    keys = json.loads(path.read_text()) if path.exists() else {}
    for person in people:
        request = HttpRequest()
        request.session = SessionStore()
        login(request, person, settings.AUTHENTICATION_BACKENDS[0])
        request.session[AUTHENTICATED_AT] = time.time()
        request.session.save()
        keys[person.email] = request.session.session_key
    path.write_text(json.dumps(keys))
