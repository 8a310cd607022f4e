"""Who may watch: every state of a video, at every address that could leak it, for everybody.

What may not be watched differs in nothing from what does not exist.
"""

import re
from datetime import timedelta
from enum import Enum
from statistics import median
from time import perf_counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import a_finished_video, a_playable_track, a_user, a_video
from videos.models import ApiKey, Video
from videos.payloads import film_urls

pytestmark = pytest.mark.django_db

SECRET = "Nightingale"  # in all texts of the video
LRC = f"[00:00.10]{SECRET}\n[00:00.50]over town"
PASSWORD = "tulip boat"
UNKNOWN = "A" * 22

PAST, FUTURE = timedelta(seconds=-1), timedelta(days=1)
STATES: dict[str, dict[str, object]] = {
    "private": {},
    "unlisted": {"visibility": "unlisted"},
    "public": {"visibility": "public", "shared_until": FUTURE},
    "public, not embeddable": {"visibility": "public", "embedding_allowed": False},
    "public, in the making": {"visibility": "public", "status": "PENDING"},
    "password": {"visibility": "password"},
    "password, none set": {"visibility": "password", "no_password": True},
    "password, ended": {"visibility": "password", "shared_until": PAST},
    "unlisted, ended": {"visibility": "unlisted", "shared_until": PAST},
    "public, ended": {"visibility": "public", "shared_until": PAST},
    "public, hidden": {"visibility": "public", "hidden_at": timezone.now()},
    "password, hidden": {"visibility": "password", "hidden_at": timezone.now()},
    "public, owner switched off": {"visibility": "public", "is_owner_active": False},
}
GONE = {
    *("private", "public, in the making", "password, ended"),
    *("public, hidden", "password, hidden"),
    *("unlisted, ended", "public, ended", "public, owner switched off"),
}
LOCKED = {"password", "password, none set"}
LISTED = {"public", "public, not embeddable"}
FILES = (
    *("video.mp4", "video.mp4?download=1", "poster.jpg", "qr.svg"),
    *("lyrics.vtt", "lyrics.srt", "lyrics.lrc"),
    *("preview.jpg", "poster.webp", "thumbnail.webp", "teaser.mp4"),
)
SMALL_FILES = ("preview_picture", "small_poster", "thumbnail", "teaser")
COUNTERS = ("view/page/", "view/embed/")  # pages post to them
PAGES = ("", "?t=30", "embed/", "report/")
# Requests that servers answer in other ways than a plain GET
VARIANTS: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {
    "video.mp4": (("GET", {"Range": "bytes=0-1"}), ("GET", {"If-None-Match": "*"})),
    "": (("GET", {"If-None-Match": "*"}), ("POST", {})),
    "embed/": (("POST", {}),),
    **dict.fromkeys(COUNTERS, (("POST", {}),)),
    "report/": (("POST", {}),),
}
nothing_by_request: dict[tuple[object, ...], tuple[int, str]] = {}  # answers to an unknown address


class Viewer(Enum):
    """Who looks."""

    VISITOR = "a visitor"
    WRONG = "a visitor with the cookies of another video and of a wrong password"
    STRANGER = "a person who is logged in"
    KEY = "a program with another person's key"
    PASSWORD = "a visitor who has entered the password"
    OWNER = "the owner"


EVERY_WAY = {Viewer.VISITOR, Viewer.PASSWORD}  # who tries all of them; the others only open it


def a_video_in(state: str) -> Video:
    fields = dict(STATES[state])
    days = fields.pop("shared_until", None)
    has_password = not fields.pop("no_password", False)
    is_active = fields.pop("is_owner_active", True)
    names = {"author": SECRET, "domain_name": f"{SECRET}.example", "download_allowed": True}
    owner = a_user()
    track = a_playable_track(owner, title=SECRET, lyrics=LRC)
    make = a_video if fields.get("status") == "PENDING" else a_finished_video
    video = make(owner, track, **names | fields)
    if video.film:
        files = dict.fromkeys(SMALL_FILES, str(video.poster.name))
        Video.objects.filter(pk=video.pk).update(**files)
        video.refresh_from_db()
    if has_password:
        video.set_password(PASSWORD)
    if days is not None:
        video.shared_until = timezone.now() + days
        video.save(update_fields=["shared_until"])
    if not is_active:
        owner.is_active = False
        owner.save(update_fields=["is_active"])
    return video


def client_of(viewer: Viewer, video: Video) -> Client:
    client = Client()
    if viewer is Viewer.STRANGER:
        client.force_login(a_user())
    elif viewer is Viewer.KEY:
        _row, key = ApiKey.objects.issue(a_user(), "Other")
        client = Client(headers={"Authorization": f"Bearer {key}"})
    elif viewer is Viewer.OWNER:
        client.force_login(video.owner)
        client.get("/")  # which ends the session of somebody who was switched off
    elif viewer is Viewer.PASSWORD:
        client.post(f"/v/{video.slug}/", {"password": PASSWORD})
    elif viewer is Viewer.WRONG:
        other = a_video_in("password")
        client.post(f"/v/{other.slug}/", {"password": PASSWORD})
        for cookie in client.cookies.values():
            cookie["path"] = "/"
        client.post(f"/v/{video.slug}/", {"password": "tulip boot"})
    return client


def fetch(client: Client, path: str, method: str = "GET", headers: dict[str, str] | None = None):
    """Return all that an answer reveals but tokens of forms and the address of the video."""
    response = client.generic(method, path, headers=headers or {})
    body = re.sub(rb"[a-zA-Z0-9]{64}", b"token", response.getvalue())
    names = dict(response.headers) | {"Content-Length": len(body)}
    cookies = {name: cookie["path"] for name, cookie in response.cookies.items()}
    slug = re.search(r"[\w-]{22}", path)
    text = repr((response.status_code, body, names, cookies))
    return response.status_code, text.replace(slug[0], "SLUG") if slug else text


def outcome(state: str, viewer: Viewer, page: str) -> str:
    """Return what a viewer gets at an address of the share page."""
    is_open = state in {"unlisted", *LISTED} or (state == "password" and viewer is Viewer.PASSWORD)
    if viewer is Viewer.OWNER and state != "public, owner switched off":
        is_open = state != "public, in the making"
    elif state in GONE:
        return "nothing"
    if page == "report/" and viewer is Viewer.OWNER and is_open:
        return "redirect"
    if page == "report/" and state in LOCKED and not is_open:
        return "nothing"
    if page.startswith("embed"):
        if state.startswith("password") or state == "public, not embeddable" or not is_open:
            return "redirect"
        return "film"
    if not is_open and page in PAGES:
        return "form" if state in LOCKED else "redirect"
    if is_open:
        return "film"
    return "maker's" if viewer is Viewer.OWNER else "nothing"


@pytest.mark.parametrize("state", STATES)
def test_everybody_gets_what_they_may_watch_and_nothing_else(state, settings):
    settings.RATION_PASSWORDS = [0, 0, 60]
    video = a_video_in(state)
    for viewer in Viewer:
        client = client_of(viewer, video)
        for page in (*PAGES, *FILES, *COUNTERS):
            expected = outcome(state, viewer, page)
            if expected == "maker's":
                continue  # a film that is not there: its owner's QR code is, the film is not
            variants = (("GET", {}), ("HEAD", {}), *VARIANTS.get(page, ()))
            for method, headers in variants if viewer in EVERY_WAY else variants[:1]:
                check(client, viewer, expected, video, page, method, headers)
        check_oembed(client, state, video)
        check_lists(client, state, viewer, video)


def check(
    client: Client,
    viewer: Viewer,
    expected: str,
    video: Video,
    page: str,
    method: str,
    headers: dict[str, str],
) -> None:
    status, text = fetch(client, f"/v/{video.slug}/{page}", method, headers)
    request = (viewer, page, method, str(headers))
    if expected == "nothing":
        if request not in nothing_by_request:
            nothing_by_request[request] = fetch(client, f"/v/{UNKNOWN}/{page}", method, headers)
        assert (status, text) == nothing_by_request[request], request
        is_form = page in COUNTERS
        is_refused = is_form != (method == "POST") and page in {"embed/", *COUNTERS}
        assert status == (405 if is_refused else 404), request
        return
    assert "public" not in text.partition("'Cache-Control': '")[2].partition("'")[0], request
    if expected == "film":
        assert status in {200, 204, 206, 302, 304, 405}, request
        return
    assert SECRET not in text, request
    assert status in {"form": {200, 304}, "redirect": {302, 405}}[expected], request


def check_oembed(client: Client, state: str, video: Video) -> None:
    for format in ("json", "xml"):
        address = f"/oembed/?format={format}&url=http://testserver/v/{video.slug}/"
        status, text = fetch(client, address)
        expected = 200 if state in {"unlisted", "public"} else 404
        expected = 401 if state in LOCKED else expected
        assert status == expected, address
        assert (SECRET in text) == (expected == 200)
        if expected == 404:
            unknown = f"/oembed/?format={format}&url=http://testserver/v/{UNKNOWN}/"
            assert (status, text) == fetch(client, unknown)


def check_lists(client: Client, state: str, viewer: Viewer, video: Video) -> None:
    """Check the front page, and the addresses of programs."""
    home = client.get("/").text
    assert (str(video.slug) in home) == (SECRET in home) == (state in LISTED)
    assert (str(video.slug) in client.get("/sitemap.xml").text) == (state in LISTED)
    for page in ("more/", "more/feed.xml"):
        shown = fetch(client, f"/v/{video.slug}/{page}")
        if state in LISTED:
            assert shown[0] == 200
        else:
            assert shown == fetch(client, f"/v/{UNKNOWN}/{page}")
    if viewer is Viewer.OWNER:
        return
    text = client.get(f"/api/v1/mp4/record-info?taskId={video.pk.hex}").text
    assert SECRET not in text
    assert str(video.slug) not in text
    token = film_urls.url(video).removeprefix("http://testserver/files/")
    assert client.get(f"/files/{video.pk.hex}.mp4").status_code == 404
    assert client.get(f"/files/{token.replace(':', ':x')}").status_code == 404
    assert "/files/" not in client.get(f"/v/{video.slug}/").text


@pytest.mark.parametrize("state", sorted(GONE | LOCKED))
def test_the_proxy_sends_no_file_either(client, state, settings):
    settings.MEDIA_ACCEL_PREFIX = "/protected/"
    video = a_video_in(state)
    for page in FILES:
        for headers in ({}, {"Range": "bytes=0-1"}):
            response = client.get(f"/v/{video.slug}/{page}", headers=headers)
            assert response.status_code == 404
            assert "X-Accel-Redirect" not in response
    unlocked = client_of(Viewer.PASSWORD, video)
    answer = unlocked.get(f"/v/{video.slug}/video.mp4")
    assert answer.has_header("X-Accel-Redirect") == (state == "password")
    assert answer["Cache-Control"] == "private, no-cache"


def test_the_address_of_programs_is_nobodys_but_theirs_and_ends_with_the_account(client):
    """It is a key of its own: no page shows it, and who may watch the page does not change it."""
    for state in STATES:
        video = a_video_in(state)
        address = film_urls.url(video).removeprefix("http://testserver")
        response = client.get(address)
        response.getvalue()
        closed = ("public, in the making", "public, owner switched off")
        has_film = state not in closed and "hidden" not in state
        assert response.status_code == (200 if has_film else 404), state


def test_what_is_gone_and_what_never_was_cost_the_same_queries(client):
    costs: dict[str, set[str]] = {page: set() for page in ("", "embed/", "video.mp4", "more/")}
    slugs = [UNKNOWN, *(str(a_video_in(state).slug) for state in sorted(GONE))]
    for slug in slugs:
        for page in costs:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/v/{slug}/{page}").status_code == 404
            texts = [query["sql"].replace(slug, "SLUG") for query in queries]
            costs[page].add(re.sub(r"\d{4}-\d\d-\d\d[ T][\d:.]+", "NOW", repr(texts)))
    assert {page: len(texts) for page, texts in costs.items()} == dict.fromkeys(costs, 1)


def test_what_is_gone_and_what_never_was_take_the_same_time(client):
    slugs = {state: str(a_video_in(state).slug) for state in ("private", "unlisted, ended")}
    slugs["nothing"] = UNKNOWN
    times: dict[str, list[float]] = {state: [] for state in slugs}
    for _ in range(40):
        for state, slug in slugs.items():
            start = perf_counter()
            client.get(f"/v/{slug}/")
            times[state].append(perf_counter() - start)
    medians = [median(values) for values in times.values()]
    assert max(medians) < 2 * min(medians)


def test_an_open_page_that_was_cached_is_asked_for_again_when_it_is_closed(client):
    video = a_video_in("public")
    page = client.get(f"/v/{video.slug}/")
    assert page["Cache-Control"] == "private, no-cache"
    validator = {"If-None-Match": page["ETag"]}
    assert client.get(f"/v/{video.slug}/", headers=validator).status_code == 304
    assert client.get(f"/v/{video.slug}/embed/")["ETag"]
    for fields in ({"shared_until": timezone.now()}, {"visibility": "private"}):
        Video.objects.update(visibility="public", shared_until=None)
        Video.objects.update(**fields)
        assert client.get(f"/v/{video.slug}/", headers=validator).status_code == 404
    Video.objects.update(visibility="password", shared_until=None)
    locked = client.get(f"/v/{video.slug}/", headers=validator)
    assert locked.status_code == 200
    assert SECRET not in locked.text
