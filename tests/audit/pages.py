"""Every kind of page of a portal that is in use: whose it is, and the rows that fill it.

The rows are added inside ``manage.py shell`` of a portal (tests/seed.py). The names in them are as
people write them: from right to left, and without a place to break a line.
"""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from tests import factories
from tests.audit.audited_page import PASSWORD, AuditedPage
from videos import demo, keyset
from videos.models import Report, Review, Track, User, Video, ViewCount
from videos.models.track import PICTURES_VERSION
from videos.pipeline import pictures
from videos.render.sandbox.pictures import make_pictures_in_child
from videos.statuses import Stage, Visibility
from videos.views.home import LATEST_FIRST, PAGE_SIZE

OPERATOR = "admin@example.com"
FILMS = settings.BASE_DIR / "static" / "film"
CLIP_START, CLIP_LENGTH = 34.0, 22.0  # seconds of the demo song in the film of the front page
WRITTEN_TO_THE_LEFT = {"title": "أغنية الفوانيس فوق المدينة", "author": "דנה כהן"}
UNBREAKABLE = {"title": "Donaudampfschifffahrtsgesellschaftskapitänslied" * 2, "author": "W" * 50}
SHOWCASE_SIZE = 14  # films: the front page has a second page


def add_pages(creator: User, track: Track) -> Iterator[AuditedPage]:
    """Add the rows, with films of ``track``, and yield the pages."""
    while pictures.make_next() != pictures.Made():  # as workers do, of which the audit has none
        pass
    films = _Films(creator, track)
    public = films.add(visibility=Visibility.PUBLIC, download_allowed=True)
    _add_views(public)
    to_the_left = films.add(**WRITTEN_TO_THE_LEFT, visibility=Visibility.PUBLIC)
    unbreakable = films.add(**UNBREAKABLE, visibility=Visibility.UNLISTED, format="9:16")
    locked = films.add(visibility=Visibility.PASSWORD)
    locked.set_password(PASSWORD)
    ended = films.add(
        visibility=Visibility.UNLISTED, shared_until=timezone.now() - timedelta(hours=1)
    )
    for _ in range(SHOWCASE_SIZE):
        films.add(visibility=Visibility.PUBLIC)
    for name, path in _visitors_pages(public).items():
        yield AuditedPage(name, path)
    yield AuditedPage("share, right to left", f"/v/{to_the_left.slug}/")
    yield AuditedPage("share, long name", f"/v/{unbreakable.slug}/")
    yield AuditedPage("password", f"/v/{locked.slug}/")
    yield AuditedPage("ended", f"/v/{ended.slug}/", status=404)
    for name, path in _creators_pages(creator, track, public, unbreakable).items():
        yield AuditedPage(name, path, creator.email)
    for name, path in {
        "admin": "/admin/",
        "admin, videos": "/admin/videos/video/",
        "admin, a video": f"/admin/videos/video/{public.pk}/change/",
    }.items():
        yield AuditedPage(name, path, OPERATOR)


def _visitors_pages(video: Video) -> dict[str, str]:
    first = keyset.fetch_page(Video.objects.public(), LATEST_FIRST, "", PAGE_SIZE)
    return {
        "front": "/",
        "showcase": f"/?after={quote(first.next)}",
        "share": f"/v/{video.slug}/",
        "embed": f"/v/{video.slug}/embed/",
        "embed, lyrics": f"/v/{video.slug}/embed/?lyrics=1",
        "more": f"/v/{video.slug}/more/",
        "report": f"/v/{video.slug}/report/",
        "log-in": "/accounts/login/",
        "sign-up": "/accounts/signup/",
        "password reset": "/accounts/password/reset/",
        "API docs": "/api/docs",
    }


def _creators_pages(creator: User, track: Track, video: Video, reported: Video) -> dict[str, str]:
    failed = factories.a_failed_video(creator, track)
    waiting = factories.a_video(
        creator, track, stage=Stage.DRAWING, fraction=0.4, due_at=timezone.now() + timedelta(days=1)
    )
    review = Review.objects.open_for(reported)
    Report.objects.create(review=review, reason=Report.Reason.choices[0][0], note="Mine.")
    return {
        "library": "/videos/",
        "trash": "/videos/trash/",
        "New video": "/videos/new/",
        "video": f"/videos/{video.pk}/",
        "video, reported": f"/videos/{reported.pk}/",
        "video, failed": f"/videos/{failed.pk}/",
        "video, in the making": f"/videos/{waiting.pk}/",
        "songs": "/songs/",
        "upload": "/songs/new/",
        "song": f"/songs/{track.pk}/",
        "lyrics editor": f"/songs/{track.pk}/lyrics/",
        "account": "/account/",
        "account, e-mail": "/accounts/email/",
        "account, password": "/accounts/password/change/",
        "account, security": "/account/security/",
        "account, second factor": "/accounts/2fa/totp/activate/",
        "account, keys": "/account/keys/",
        "account, webhooks": "/account/webhooks/",
        "account, data": "/account/data/",
        "account, delete": "/account/delete/",
    }


class _Films:
    """Finished videos of a song, which share the files of one film with its pictures."""

    def __init__(self, owner: User, track: Track) -> None:
        self.owner, self.track = owner, track
        poster = (FILMS / "lanterns-preview.jpg").read_bytes()
        small = make_pictures_in_child(poster)
        self.columns: dict[str, object] = {
            "pictures_version": PICTURES_VERSION,
            "film": _store("film.mp4", (FILMS / "lanterns.mp4").read_bytes()),
            "poster": _store("poster.jpg", poster),
            "preview_picture": _store("preview.jpg", small.preview),
            "small_poster": _store("poster.webp", small.poster),
            "thumbnail": _store("thumbnail.webp", small.thumbnail),
        }

    def add(self, title: str = "", **fields: object) -> Video:
        """Add a video; one with a ``title`` is of a song of its own."""
        track = factories.a_track(self.owner, title=title) if title else self.track
        now = timezone.now()
        values = {
            "status": "SUCCESS",
            "stage": Stage.FINISHING,
            "fraction": 1,
            "due_at": None,
            "started_at": now - timedelta(seconds=20),
            "completed_at": now,
            "width": 1280,
            "height": 720,
            "duration": CLIP_LENGTH,
            "clip": f"{CLIP_START:g}-{CLIP_START + CLIP_LENGTH:g}",
            "clip_start": CLIP_START,
            "size": (FILMS / "lanterns.mp4").stat().st_size,
            "author": demo.AUTHOR,
            "domain_name": demo.DOMAIN_NAME,
        }
        return factories.a_video(self.owner, track, **values | self.columns | fields)


def _store(name: str, content: bytes) -> str:
    return default_storage.save(f"films/audited/{name}", ContentFile(content))


def _add_views(video: Video) -> None:
    for days in range(12):
        day = timezone.localdate() - timedelta(days=days)
        ViewCount.objects.create(video=video, place="page", day=day, count=3 + days * 5 % 11)
