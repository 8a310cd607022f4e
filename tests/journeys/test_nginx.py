"""What deploy/ has for nginx: a real one, another user, sends the films that the portal allows."""

import grp
import os
import select
import shutil
import socket
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
import requests
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from tests import media_files
from tests.factories import a_playable_track, a_user, a_video
from tests.nginx import running_nginx
from videos.checks import check_media_is_reachable
from videos.media.permissions import set_modes
from videos.models import ApiKey
from videos.statuses import VideoStatus, Visibility


@pytest.fixture
def installation(settings):
    """Give a DATA_DIR as an earlier version left it, in the group that nginx belongs to."""
    folder = Path(tempfile.mkdtemp(prefix="portal-"))
    folder.chmod(0o755)
    settings.DATA_DIR = folder / "var"
    settings.DATA_DIR.mkdir(mode=0o700)
    settings.MEDIA_ROOT = settings.DATA_DIR / "media"
    yield settings.DATA_DIR
    shutil.rmtree(folder)


def test_secrets_are_private_and_media_are_the_group_s(installation, settings):
    (installation / "secret_key").write_text("secret")
    (installation / "portal.sqlite3").write_bytes(b"rows")
    (installation / "queue").mkdir(mode=0o755)
    set_modes()
    name = default_storage.save("films/one/film.mp4", ContentFile(media_files.mp4()))
    modes = {
        path: oct((installation / path).stat().st_mode & 0o777)
        for path in (".", "secret_key", "portal.sqlite3", "queue", "media", f"media/{name}")
    }
    assert modes == {
        ".": "0o710",
        "secret_key": "0o600",
        "portal.sqlite3": "0o600",
        "queue": "0o700",
        "media": "0o750",
        f"media/{name}": "0o640",
    }


def test_a_check_tells_of_media_that_nginx_cannot_reach(installation, settings):
    settings.MEDIA_ROOT.mkdir()
    assert check_media_is_reachable() == []
    settings.MEDIA_ACCEL_PREFIX = "/protected/"
    (warning,) = check_media_is_reachable()
    assert warning.id == "videos.W008"
    set_modes()
    assert check_media_is_reachable() == []


@pytest.fixture
def nginx(installation, settings, live_server, tmp_path):
    if not os.geteuid():
        os.chown(installation, -1, grp.getgrnam("www-data").gr_gid)
    portal = live_server.url.removeprefix("http://")
    with running_nginx(tmp_path, portal, settings.MEDIA_ROOT) as address:
        yield address


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
def test_nginx_sends_a_film_by_the_recipe(nginx, installation, settings):
    settings.MEDIA_ACCEL_PREFIX = "/protected/"
    film = media_files.mp4()
    call_command("migrate", verbosity=0)
    video = a_video(
        a_user(), a_playable_track(), visibility=Visibility.PUBLIC, status=VideoStatus.SUCCESS
    )
    set_modes()
    video.film = default_storage.save(f"films/{video.pk.hex}/1.mp4", ContentFile(film))
    video.save(update_fields=["film"])
    for folder in (settings.MEDIA_ROOT, *settings.MEDIA_ROOT.rglob("*")):
        os.chown(folder, -1, grp.getgrnam("www-data").gr_gid)  # as if it were the service's group
    address = f"{nginx}/v/{video.slug}/video.mp4"
    headers = {"Host": "testserver"}
    whole = requests.get(address, headers=headers, timeout=10)
    assert (whole.status_code, whole.headers["Content-Type"]) == (200, "video/mp4")
    assert whole.content == film
    assert whole.headers["Server"] == "nginx"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    part = requests.get(address, headers=headers | {"Range": "bytes=2-5"}, timeout=10)
    assert (part.status_code, part.content) == (206, film[2:6])
    direct = requests.get(f"{nginx}/protected/{video.film.name}", headers=headers, timeout=10)
    assert direct.status_code == 404


def send_body(address: str, path: str, size: int, *headers: str) -> tuple[str, int]:
    """Send a form of ``size`` bytes; return the status, and how many bytes were taken."""
    host, port = address.removeprefix("http://").split(":")
    lines = (f"POST {path} HTTP/1.1", "Host: testserver", f"Content-Length: {size}", *headers)
    sent = 0
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        with suppress(OSError):  # nginx answers early and closes
            while sent < size and not select.select([connection], [], [], 0)[0]:
                sent += connection.send(bytes(64 * 1024))
        return connection.recv(100).decode().split()[1], sent


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


FORM = "Content-Type: multipart/form-data; boundary=x"
LARGE = 100 * 1024 * 1024


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("path", "status"),
    [("/", "413"), ("/accounts/login/", "413"), ("/songs/new/", "401"), ("/api/v1/songs", "401")],
)
def test_the_long_body_of_a_stranger_is_not_read(nginx, tmp_path, path, status):
    assert send_body(nginx, path, LARGE, FORM) == (status, pytest.approx(0, abs=LARGE / 4))
    assert bytes_in(tmp_path / "bodies") == 0


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
def test_songs_go_through_nginx_for_those_who_may_send_them(nginx, client):
    person = a_user()
    secret = ApiKey.objects.issue(person, "Test")[1]
    song = {"audio": ("a.wav", media_files.wav(300.0), "audio/wav")}  # 4.8 MB
    headers = {"Host": "testserver", "Authorization": f"Bearer {secret}"}
    answer = requests.post(f"{nginx}/api/v1/songs", files=song, headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text
    assert answer.json()["code"] == 200
    client.force_login(person)
    page = {"Host": "testserver", "Cookie": f"sessionid={client.cookies['sessionid'].value}"}
    assert requests.get(f"{nginx}/songs/new/", headers=page, timeout=20).status_code == 200
    visitor = requests.get(
        f"{nginx}/songs/new/", headers={"Host": "testserver"}, timeout=20, allow_redirects=False
    )
    assert visitor.headers["Location"].startswith("/accounts/login/")
