"""Who may do what: every address of the site, by every method, as everybody who is not its owner.

The addresses come from the URL conf, and each needs a row here: whoever adds one says whose it is.
"""

from collections.abc import Iterator
from datetime import timedelta
from enum import Enum

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from tests.factories import a_delivery, a_finished_video, a_mail, a_playable_track, a_pulse, a_user
from tests.pairwise import at_night
from videos.models import (
    AccountEvent,
    AccountExport,
    ApiKey,
    Circuit,
    Invitation,
    Review,
    Upload,
    Video,
    WebhookKey,
)

pytestmark = pytest.mark.django_db

METHODS = [
    ("GET", "POST", "DELETE"),
    *at_night([("HEAD", "PUT", "PATCH"), ("OPTIONS", "TRACE", "CONNECT")]),
]
SECRET = "Nightingale"  # in all that the owner wrote
LOGIN, REFUSED, NONE = 302, 403, 404


class Kind(Enum):
    """Whose an address is: what a visitor, another person and staff without rights get."""

    PUBLIC = "anybody's, and it tells nothing of anybody"
    PERSONAL = "everybody's own, after the log-in"
    OWNED = "somebody's, and for others it is not there"
    SHARED = "somebody's, private here, and for others it is not there"
    SIGNED = "of whoever has its signed address, and this one is guessed"
    STAFF = "of staff"
    RIGHTS = "of staff with the right to it"
    API = "of programs with a key"


P, OWN, MY, STAFF, RIGHTS, API = (
    Kind.PUBLIC, Kind.OWNED, Kind.PERSONAL, Kind.STAFF, Kind.RIGHTS, Kind.API
)  # fmt: skip

ROWS = {
    "": P,
    "favicon.ico": P,
    "apple-touch-icon.png": P,
    "site.webmanifest": P,
    "videos/": MY,
    "videos/new/": MY,
    "videos/new/backdrop/": MY,
    "videos/new/files/": MY,
    "videos/new/film-files/": MY,
    "videos/new/files/match/": MY,
    "videos/new/files/song/": MY,
    "videos/new/files/film/": MY,
    "videos/new/preview/": MY,
    "videos/new/preview/moving/": MY,
    "videos/new/preview/moving.mp4": MY,
    "videos/new/songs/": MY,
    "videos/new/song/": MY,
    "videos/new/song/<int:pk>/": OWN,
    "videos/new/credits/<slug:provider>/": MY,
    "videos/<uuid:pk>/": OWN,
    "videos/<uuid:pk>/status/": OWN,
    "videos/<uuid:pk>/cancel/": OWN,
    "videos/<uuid:pk>/retry/": OWN,
    "videos/<uuid:pk>/adopt/": OWN,
    "videos/<uuid:pk>/delete/": OWN,
    "videos/<uuid:pk>/visibility/": OWN,
    "videos/<uuid:pk>/permissions/": OWN,
    "videos/<uuid:pk>/password/": OWN,
    "videos/<uuid:pk>/end/": OWN,
    "videos/<uuid:pk>/answer/": OWN,
    "videos/trash/": MY,
    "videos/trash/restore/": MY,
    "videos/bulk/": MY,
    "videos/storage/": MY,
    "videos/<uuid:pk>/restore/": OWN,
    "videos/<uuid:pk>/purge/": OWN,
    "videos/<uuid:pk>/remake/": OWN,
    "videos/<uuid:pk>/thumbnail.jpg": OWN,
    "videos/<uuid:pk>/teaser.mp4": OWN,
    "videos/<uuid:pk>/moment.jpg": OWN,
    "songs/": MY,
    "songs/new/": MY,
    "songs/new/tags/": MY,
    "songs/demo/": MY,
    "songs/<int:pk>/": OWN,
    "songs/<int:pk>/delete/": OWN,
    "songs/<int:pk>/words/": OWN,
    "songs/<int:pk>/lyrics/": OWN,
    "songs/<int:pk>/lyrics/save/": OWN,
    "songs/<int:pk>/lyrics/restore/": OWN,
    "songs/<int:pk>/lyrics/vendor/": OWN,
    "songs/<int:pk>/lyrics/guess/": OWN,
    "songs/<int:pk>/lyrics.lrc": OWN,
    "songs/<int:pk>/lyrics.words.lrc": OWN,
    "songs/<int:pk>/lyrics.vtt": OWN,
    "songs/<int:pk>/lyrics.srt": OWN,
    "songs/<int:pk>/wave/": OWN,
    "songs/<int:pk>/audio/": OWN,
    "songs/<int:pk>/cover/": OWN,
    "songs/<int:pk>/thumbnail.webp": OWN,
    "v/<slug:slug>/": Kind.SHARED,
    "v/<slug:slug>/video.mp4": Kind.SHARED,
    "v/<slug:slug>/poster.jpg": Kind.SHARED,
    "v/<slug:slug>/poster.webp": Kind.SHARED,
    "v/<slug:slug>/preview.jpg": Kind.SHARED,
    "v/<slug:slug>/thumbnail.webp": Kind.SHARED,
    "v/<slug:slug>/teaser.mp4": Kind.SHARED,
    "v/<slug:slug>/embed/": Kind.SHARED,
    "v/<slug:slug>/more/": Kind.SHARED,
    "v/<slug:slug>/more/feed.xml": Kind.SHARED,
    "v/<slug:slug>/report/": Kind.SHARED,
    "v/<slug:slug>/qr.svg": Kind.SHARED,
    "v/<slug:slug>/view/page/": Kind.SHARED,
    "v/<slug:slug>/view/embed/": Kind.SHARED,
    "v/<slug:slug>/lyrics.vtt": Kind.SHARED,
    "v/<slug:slug>/lyrics.srt": Kind.SHARED,
    "v/<slug:slug>/lyrics.lrc": Kind.SHARED,
    "oembed/": P,
    "files/<str:token>.mp4": Kind.SIGNED,
    "files/<str:token>/audio.<str:suffix>": Kind.SIGNED,
    "files/<str:token>/cover.jpg": Kind.SIGNED,
    "callbacks/<str:provider>/<str:token>/": P,
    "account/": MY,
    "account/keys/": MY,
    "account/keys/<int:pk>/revoke/": OWN,
    "account/webhooks/": MY,
    "account/webhooks/<uuid:pk>/resend/": OWN,
    "account/webhooks/key/": MY,
    "account/callbacks/": MY,
    "account/mails/": MY,
    "mails/stop/<str:token>/": Kind.SIGNED,
    "account/security/": MY,
    "account/security/log-out/": MY,
    "account/data/": MY,
    "account/data/export/": MY,
    "account/data/<uuid:pk>.zip": OWN,
    "account/delete/": MY,
    "account/waiting/": P,
    "invitations/<str:token>/": Kind.SIGNED,
    "language/": P,
    "uploads/": MY,
    "uploads/<uuid:pk>/": OWN,
    "uploads/permission": P,
    "healthz": P,
    "readyz": P,
    "metrics": P,
    ".well-known/security.txt": P,
    "robots.txt": P,
    "sitemap.xml": P,
    "sitemap-<int:number>.xml": P,
    "accounts/login/": P,
    "accounts/logout/": P,
    "accounts/inactive/": P,
    "accounts/signup/": P,
    "accounts/reauthenticate/": MY,
    "accounts/email/": MY,
    "accounts/confirm-email/": P,
    "accounts/^confirm-email/(?P<key>[-:\\w]+)/$": P,
    "accounts/password/change/": MY,
    "accounts/password/set/": MY,
    "accounts/password/reset/": P,
    "accounts/password/reset/done/": P,
    "accounts/password/reset/key/done/": P,
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": P,
    "accounts/login/code/confirm/": P,
    "accounts/2fa/": MY,
    "accounts/2fa/authenticate/": P,
    "accounts/2fa/reauthenticate/": MY,
    "accounts/2fa/totp/activate/": MY,
    "accounts/2fa/totp/deactivate/": MY,
    "accounts/2fa/recovery-codes/": MY,
    "accounts/2fa/recovery-codes/generate/": MY,
    "accounts/2fa/recovery-codes/download/": MY,
    "admin/": STAFF,
    "admin/login/": P,
    "admin/logout/": STAFF,
    "admin/password_change/": STAFF,
    "admin/password_change/done/": STAFF,
    "admin/autocomplete/": RIGHTS,
    "admin/jsi18n/": STAFF,
    "admin/r/<path:content_type_id>/<path:object_id>/": STAFF,
    "admin/^(?P<app_label>auth|account|videos)/$": RIGHTS,
    "admin/(?P<url>.*)$": RIGHTS,
    "api/docs": P,
    "api/docs/": P,
    "api/openapi.json": P,
    "api/": P,
    "api/v1/mp4/generate": API,
    "api/v1/mp4/record-info": API,
    "api/v1/generate/record-info": API,
    "api/v1/generate/get-timestamped-lyrics": API,
    "api/v1/chat/credit": API,
    "api/v1/generate/credit": API,
    "api/v1/client/job/CreateTask": API,
    "api/v1/client/job/estimate-credits": API,
    "api/v1/client/job/EstimateTask": API,
    "api/v1/client/job/TaskInfo": API,
    "api/v1/client/account/balance": API,
    "api/v1/assets": API,
    "api/v1/songs": API,
    "api/v1/videos": API,
    "api/v1/videos/<taskId>": API,
}
# Each model of the admin has the same addresses
MODELS = (
    *("auth/group", "account/emailaddress", "videos/circuit", "videos/apikey", "videos/mail"),
    *("videos/musictask", "videos/track", "videos/user", "videos/video", "videos/delivery"),
    *("videos/workerpulse", "videos/scheduledtask", "videos/invitation", "videos/review"),
    "videos/asset",
    *("videos/accountevent", "videos/accountexport", "videos/accountdeletion"),
)
PAGES_OF_MODELS = (
    *("", "add/", "<path:object_id>/"),
    *(f"<path:object_id>/{page}/" for page in ("history", "delete", "change")),
)
ROWS |= {f"admin/{model}/{page}": RIGHTS for model in MODELS for page in PAGES_OF_MODELS}
ROWS["admin/videos/user/<id>/password/"] = RIGHTS


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Yield every pattern of the URL conf."""
    for each in (resolver or get_resolver()).url_patterns:
        route = f"{prefix}{each.pattern}"
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from routes(each, route)


def test_every_address_has_a_row_and_every_row_an_address():
    assert set(routes()) == set(ROWS)


@pytest.fixture
def video() -> Video:
    """Return a private film whose owner has one of everything."""
    owner = a_user("owner@example.com", first_name=SECRET)
    track = a_playable_track(owner, title=SECRET, lyrics=SECRET, tags=SECRET)
    names = {"author": SECRET, "domain_name": f"{SECRET}.example"}
    video = a_finished_video(
        owner, track, webhook_url=f"https://a.example/{SECRET}", webhook_family="suno", **names
    )
    a_delivery(video)
    a_mail(f"{SECRET}@example.com")
    a_pulse(SECRET)
    ApiKey.objects.issue(owner, SECRET)
    WebhookKey.objects.create(user=owner, key=SECRET, made_at=video.created_at)
    Circuit.objects.record_failure("kie", SECRET)
    Invitation.objects.issue(owner, note=SECRET)
    review = Review.objects.open_for(video)
    review.reports.create(reason="other", note=SECRET, network="x" * 32)
    AccountEvent.objects.record(owner, AccountEvent.Kind.API_KEY_CREATED, SECRET)
    Upload.objects.create(owner=owner, name=SECRET, size=9)
    export = ContentFile(SECRET.encode(), "export.zip")
    values = {"state": "ready", "expires_at": timezone.now() + timedelta(days=1)}
    AccountExport.objects.create(owner=owner, file=export, **values)
    return video


def address(route: str, video: Video) -> str:
    """Return the address of the owner's things by a pattern."""
    owner, track = video.owner, video.track
    path = f"/{route}"
    pks = {
        "/videos/new/song/": track.music_task.pk,
        "/videos/": video.pk,
        "/songs/": track.pk,
        "/account/keys/": owner.api_keys.get().pk,
        "/account/webhooks/": video.deliveries.get().pk,
        "/account/data/": owner.exports.get().pk,
        "/uploads/": owner.uploads.get().pk,
    }
    pk = next((str(pk) for prefix, pk in pks.items() if path.startswith(prefix)), "")
    values = {
        "<int:pk>": pk,
        "<uuid:pk>": pk,
        "<slug:slug>": video.slug,
        "<slug:provider>": "kie",
        "<str:provider>": "kie",
        "<str:token>": "guessed:token",
        "<str:suffix>": "wav",
        "<taskId>": video.pk.hex,
        "<path:content_type_id>": "1",
        "<path:object_id>": object_id(route, video),
        "<id>": str(owner.pk),
        "^confirm-email/(?P<key>[-:\\w]+)/$": "confirm-email/guessed/",
        "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "password/reset/key/1-ab/",
        "^(?P<app_label>auth|account|videos)/$": "videos/",
        "(?P<url>.*)$": "nothing/",
    }
    for name, value in values.items():
        path = path.replace(name, value)
    return path


def object_id(route: str, video: Video) -> str:
    """Return the key of a row of the model whose page in the admin the pattern is."""
    parts = route.split("/")
    if parts[0] != "admin" or parts[1] not in {"auth", "account", "videos"}:
        return str(video.pk)
    row = apps.get_model(parts[1], parts[2]).objects.first()
    return str(row.pk) if row else "1"


def rows_of(video: Video) -> dict[str, list[dict[str, object]]]:
    """Return all rows that requests of others could change."""
    names = ("User", "ApiKey", "WebhookKey", "MusicTask", "Track", "Video", "Delivery", "Mail")
    names += ("AccountEvent", "AccountExport", "Invitation", "Review", "Report")
    rows = {name: list(apps.get_model("videos", name).objects.values()) for name in names}
    rows["User"] = [row for row in rows["User"] if row["id"] == video.owner_id]
    return rows


class Role(Enum):
    VISITOR = "a visitor"
    OTHER = "another person"
    INACTIVE = "a person who was switched off, with an open session"
    STAFF = "staff without rights"
    KEY = "a program with another person's key"


def client_of(role: Role) -> Client:
    client = Client()
    if role is Role.VISITOR:
        return client
    user = a_user(is_staff=role in {Role.STAFF, Role.INACTIVE})
    if role is Role.KEY:
        _row, secret = ApiKey.objects.issue(user, "Other")
        return Client(headers={"Authorization": f"Bearer {secret}"})
    client.force_login(user)
    if role is Role.INACTIVE:
        user.is_active = False
        user.save(update_fields=["is_active"])
    return client


def expected(kind: Kind, role: Role) -> set[int]:
    """Return what GET is answered; 405 where an address is for forms only."""
    is_person = role in {Role.OTHER, Role.STAFF}
    answers = {
        Kind.PUBLIC: {200, 204, 302, 400, 401, 403, 404, 503},
        Kind.PERSONAL: {200, 204, 301, 302, 404, 422, 429} if is_person else {LOGIN},
        Kind.OWNED: {NONE} if is_person else {LOGIN},
        Kind.SHARED: {NONE},
        Kind.SIGNED: {NONE},
        Kind.STAFF: {200, 302, 404} if role is Role.STAFF else {LOGIN},
        Kind.RIGHTS: {REFUSED, NONE, LOGIN} if role is Role.STAFF else {LOGIN},
        Kind.API: {200, 401, 404},
    }
    return answers[kind] | {405}


def is_right(kind: Kind, role: Role, method: str, response: HttpResponse) -> bool:
    """Return whether an answer is one that others than the owner should get."""
    status = response.status_code
    if kind is Kind.API and role is not Role.KEY and method not in {"HEAD", "OPTIONS"}:
        return response.json()["code"] in {401, 405}
    if method in {"GET", "HEAD"}:
        return status in expected(kind, role)
    if kind in {Kind.OWNED, Kind.SHARED, Kind.SIGNED, Kind.RIGHTS} and method != "OPTIONS":
        return status in {302, 401, 403, 404, 405}
    return status < 500


@pytest.mark.slow
@pytest.mark.parametrize("role", Role, ids=lambda role: role.name)
@pytest.mark.parametrize("methods", METHODS, ids="-".join)
def test_nobody_but_its_owner_sees_or_changes_anything(role, methods, video, settings):
    settings.VENDORS = {}
    before = rows_of(video)
    client = client_of(role)
    wrong = []
    for route, kind in ROWS.items():
        path = address(route, video)
        for method in methods:
            response = client.generic(method, path)
            content = response.getvalue()  # which closes a file
            if SECRET.encode() in content or not is_right(kind, role, method, response):
                wrong.append((kind.name, method, path, response.status_code))
        if path.endswith("logout/"):
            client = client_of(role)
    assert not wrong
    after = rows_of(video)
    for name, rows in before.items():
        changed = [row for row in rows if row not in after[name]]
        assert not changed, (name, changed)


def test_its_owner_sees_what_the_others_do_not(video):
    client = Client()
    client.force_login(video.owner)
    pages = [route for route, kind in ROWS.items() if kind in {Kind.OWNED, Kind.SHARED}]
    seen = {}
    for route in pages:
        response = client.get(address(route, video))
        if "html" in response["Content-Type"]:
            seen[route] = SECRET in response.text
        response.getvalue()
    assert {route for route, is_seen in seen.items() if is_seen} >= {
        "videos/<uuid:pk>/", "songs/<int:pk>/", "v/<slug:slug>/"
    }  # fmt: skip
