"""Security of all pages: log-in, CSRF tokens, content policy, secure transport."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.factories import a_finished_video, a_playable_track, an_operator
from tests.stack import prepared_folder
from videos.models import Video

pytestmark = pytest.mark.django_db

# The only pages that a visitor gets; everything else asks for a log-in
PUBLIC = {
    "approval_pending", "invitation", "ready_mails_stop",
    "callback", "api_film", "api_audio", "api_cover", "api_docs", "api/docs/",
    "favicon", "touch_icon", "manifest",
    "home", "share", "film", "poster", "lyrics_vtt", "lyrics_srt", "lyrics_lrc",
    "embed", "qr", "oembed", "report", "more", "more_feed",
    "healthz", "readyz", "metrics", "security_txt", "upload_permission", "language",
    "robots", "sitemap", "sitemap_file", "view_page", "view_embed",
    "preview_picture", "small_poster", "thumbnail", "teaser",
    "admin:login",
    "account_login", "account_logout", "account_signup", "account_inactive",
    "account_email_verification_sent", "account_confirm_email", "account_confirm_login_code",
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "mfa_authenticate",
}  # fmt: skip
CSP = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "media-src 'self'", "font-src 'self'", "connect-src 'self'", "manifest-src 'self'",
    "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
}  # fmt: skip


def patterns(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, object]]:
    """Yield the name and the view of every pattern of the site."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLPattern):
            yield f"{space}{each.name or each.pattern}", each.callback
        else:
            inner = f"{each.namespace}:" if each.namespace == "admin" else space
            yield from patterns(each, inner)


def test_every_page_is_private_unless_it_is_listed_here():
    seen = dict(patterns())
    public = {name for name, view in seen.items() if not getattr(view, "login_required", True)}
    assert len(seen) > 60
    assert public == PUBLIC


def test_visitors_are_led_to_the_log_in_from_every_private_page_of_ours(client):
    track = a_playable_track()
    video = a_finished_video(track.music_task.owner, track)
    for name, _view in patterns(get_resolver("videos.urls")):
        if name in PUBLIC:
            continue
        address = _address(name, video)
        for method in ("get", "post"):
            response = getattr(client, method)(address)
            assert response.status_code == 302, (method, address)
            assert response["Location"].startswith("/accounts/login/?next="), address


def _address(name: str, video: Video) -> str:
    for values in (
        {},
        {"pk": video.pk},
        {"pk": video.track.pk},
        {"slug": video.slug},
        {"number": 1},
        {"provider": "kie"},
        {"provider": "kie", "token": "guessed"},
        {"token": "guessed"},
        {"token": "guessed", "suffix": "mp3"},
    ):
        with contextlib.suppress(NoReverseMatch):
            return reverse(f"videos:{name}", kwargs=values)
    raise AssertionError(f"{name} takes something else")


POSTS = [
    "new", "video_cancel", "video_retry", "video_delete", "video_visibility", "video_permissions",
    "video_password", "video_end", "video_answer", "share", "report",
    "song_new", "song_tags", "song_demo", "song", "song_delete", "song_words", "account",
    "song_lyrics", "song_lyrics_save", "song_lyrics_restore", "song_lyrics_vendor", "video_remake",
    "video_restore", "video_purge",
    "find_song", "backdrop", "film_files",
    "video_adopt", "keys", "key_revoke", "webhook_resend", "webhook_key",
    "account_sessions", "account_export", "account_delete", "language", "ready_mails",
    "videos_restore", "videos_change", "uploads", "upload", "drop_match", "drop_song", "drop_film",
]  # fmt: skip


@pytest.mark.parametrize("name", POSTS)
def test_no_form_is_taken_without_its_token(name):
    track = a_playable_track()
    video = a_finished_video(track.music_task.owner, track)
    client = Client(enforce_csrf_checks=True)
    client.force_login(video.owner)
    response = client.post(_address(name, video), {"visibility": "public", "title": "x"})
    assert response.status_code == 403
    video.refresh_from_db()
    assert (video.visibility, video.track.title) == ("private", track.title)


def test_all_that_can_be_posted_to_was_tried(client):
    track = a_playable_track()
    video = a_finished_video(track.music_task.owner, track)
    client.force_login(video.owner)
    refused = {
        name
        for name, _view in patterns(get_resolver("videos.urls"))
        if client.post(_address(name, video)).status_code != 405
    }
    assert refused <= {
        *POSTS,
        "callback",  # vendors post to it, without a session
        "upload_permission",
        "ready_mails_stop",  # mail programs post to its signed address
        *("view_page", "view_embed"),  # and players in frames, to which browsers send no cookie
    }


def pages(video: Video) -> list[str]:
    names = [
        "home",
        "library",
        "trash",
        "new",
        "drop",
        "video",
        "songs",
        "song_new",
        "song",
        "song_lyrics",
        "share",
        "account",
        "keys",
        "webhooks",
        "account_security",
        "account_data",
        "account_delete",
        "approval_pending",
    ]
    return [
        *(_address(name, video) for name in names),
        "/nothing/here/", "/healthz", "/accounts/email/", "/accounts/password/change/",
        "/admin/", "/admin/videos/video/", f"/admin/videos/video/{video.pk}/change/",
        f"/admin/videos/video/{video.pk}/delete/", "/admin/videos/user/add/",
        f"/admin/videos/track/{video.track.pk}/change/", "/admin/videos/musictask/",
        "/admin/videos/workerpulse/", "/admin/videos/apikey/", "/admin/videos/apikey/add/",
        "/admin/account/emailaddress/", "/admin/videos/delivery/", "/accounts/2fa/",
        "/admin/videos/invitation/", "/admin/videos/invitation/add/", "/admin/videos/review/",
        "/admin/videos/accountevent/", "/admin/videos/accountexport/",
        "/admin/videos/accountdeletion/",
    ]  # fmt: skip


def test_the_content_policy_is_strict_on_every_page(client):
    operator = an_operator()
    video = a_finished_video(operator, a_playable_track(operator))
    client.force_login(operator)
    for page in pages(video):
        response = client.get(page)
        assert response.status_code in {200, 404}, page
        assert set(response["Content-Security-Policy"].split("; ")) == CSP, page
        assert response["X-Frame-Options"] == "DENY"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_no_page_has_anything_inline(client):
    operator = an_operator()
    video = a_finished_video(operator, a_playable_track(operator, lyrics="la\nla"))
    client.force_login(operator)
    for page in [*pages(video), "/accounts/logout/"]:
        body = client.get(page).content.decode()
        assert not re.search(r"<[a-z][^>]*\s(style|on[a-z]+)\s*=", body), page
        assert "<style" not in body, page
        assert "javascript:" not in body, page
        for script in re.findall(r"<script([^>]*)>", body):
            assert "src=" in script or "application/" in script, (page, script)


@pytest.mark.parametrize(
    "page", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
)
def test_the_doors_have_the_policy_too(client, page):
    response = client.get(page)
    assert response.status_code == 200
    assert set(response["Content-Security-Policy"].split("; ")) == CSP


SERVER = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS = ["testserver"]
plain = Client().get("/accounts/login/")
probe = Client().get("/healthz")
page = Client().get("/accounts/login/", secure=True)
print(json.dumps({
    "plain": [plain.status_code, plain.headers.get("Location")],
    "probe": probe.status_code,
    "hsts": page.headers.get("Strict-Transport-Security"),
    "csrf": dict(page.cookies["csrftoken"]),
    "session": [settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY],
}, default=str))
"""


def test_a_server_speaks_https_only(migrated_folder):
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(migrated_folder),
        "SECRET_KEY": "s" * 60,
        "SITE_URL": "https://testserver",
        "CACHE_URL": "locmemcache://",
        "DJANGO_SETTINGS_MODULE": "suno_portal.settings",
    }
    shutil.copytree(prepared_folder() / "static", migrated_folder / "static")
    process = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SERVER],
        cwd=django_settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    result = json.loads(process.stdout.splitlines()[-1])
    assert result["plain"] == [301, "https://testserver/accounts/login/"]
    assert result["probe"] == 200
    assert result["hsts"] == "max-age=31536000; includeSubDomains; preload"
    assert result["csrf"]["secure"] is True
    assert result["csrf"]["samesite"] == "Lax"
    assert result["session"] == [True, True]
