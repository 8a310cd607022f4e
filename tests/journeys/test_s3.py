"""The portal with its files on S3, on a real S3 server on loopback."""

import io
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import boto3
import pytest
import requests
from playwright.sync_api import sync_playwright

from tests.other_site import other_site, write_blog
from tests.render.samples import music, write_song
from tests.requirements import CHROMIUM
from tests.stack import Creator, Stack, free_port, is_http_up, running_stack, wait_for

pytestmark = pytest.mark.processes

KEYS = {"S3_ACCESS_KEY": "test", "S3_SECRET_KEY": "test-secret"}


@pytest.fixture
def s3() -> Iterator[str]:
    """Yield the address of an S3 server with an empty bucket, ``portal``."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        url = f"http://127.0.0.1:{port}"
        try:
            wait_for(lambda: is_http_up(url), 30, "The S3 server does not answer")
            client(url).create_bucket(Bucket="portal")
            yield url
        finally:
            server.kill()


def client(url: str):
    return boto3.client(
        "s3",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id=KEYS["S3_ACCESS_KEY"],
        aws_secret_access_key=KEYS["S3_SECRET_KEY"],
    )


def objects(url: str) -> list[str]:
    contents = client(url).list_objects_v2(Bucket="portal").get("Contents", [])
    return sorted(each["Key"].partition("/")[0] for each in contents)


def test_films_are_kept_and_played_from_the_bucket(s3, tmp_path):
    with running_stack(tmp_path, S3_BUCKET="portal", S3_ENDPOINT_URL=s3, **KEYS) as stack:
        assert set(objects(s3)) == {"songs"}
        creator = Creator(stack)
        creator.upload(write_song(tmp_path / "song.mp3", music(3)))
        video = creator.order()
        wait_for(lambda: creator.has(video), 90, stack.logs)
        # A film has a poster and three small pictures, a cover has one, which comes by itself
        wait_for(lambda: Counter(objects(s3)) == {"films": 5, "songs": 4}, 60, stack.logs)
        assert not stack.films()
        assert not stack.temporary_files()
        wait_for(stack.is_ready, 40, stack.logs)
        assert_it_plays(stack, creator, video, s3)
        if CHROMIUM:
            assert_it_plays_in_a_frame(stack, creator, video, s3, tmp_path)
        output = stack.manage("backup", str(tmp_path / "backups"))
        assert "Files: 9. The files are in the bucket" in output
        assert_a_copy_of_the_data_comes_from_the_bucket(stack, creator, s3)
        creator.post(f"{video}delete/")
        creator.post(f"{video}purge/")
        assert objects(s3) == ["exports"] + ["songs"] * 4


def assert_a_copy_of_the_data_comes_from_the_bucket(
    stack: Stack, creator: Creator, s3: str
) -> None:
    creator.post("/accounts/reauthenticate/", password=stack.password_of(stack.account))
    creator.post("/account/data/export/")
    page = r'href="(/account/data/[0-9a-f-]{36}\.zip)"'
    wait_for(lambda: re.search(page, creator.get("/account/data/").text), 30, stack.logs)
    link = re.search(page, creator.get("/account/data/").text)[1]
    copy = creator.get(link)
    assert copy.url.startswith(s3)
    assert copy.headers["Content-Disposition"].startswith("attachment")
    with ZipFile(io.BytesIO(copy.content)) as archive:
        assert archive.testzip() is None
        assert {"data/videos.json", "data/songs.json"} <= set(archive.namelist())
        assert [name for name in archive.namelist() if name.endswith(".mp4")]


def assert_it_plays(stack: Stack, creator: Creator, video: str, s3: str) -> None:
    page = creator.get(video)
    policy = page.headers["Content-Security-Policy"]
    assert f"media-src 'self' {s3}" in policy
    assert "script-src 'self';" in f"{policy};"
    film = page.text.partition('player-video" src="/v/')[2].partition('"')[0]
    assert requests.get(f"{stack.url}/v/{film}", timeout=20).status_code == 404
    part = creator.session.get(f"{stack.url}/v/{film}", headers={"Range": "bytes=4-7"}, timeout=20)
    assert part.url.startswith(s3)
    assert (part.status_code, part.content) == (206, b"ftyp")
    assert part.headers["Content-Type"] == "video/mp4"
    saved = creator.session.get(f"{stack.url}/v/{film}?download=1", timeout=20)
    assert saved.headers["Content-Disposition"].startswith("attachment")
    unsigned = part.url.partition("?")[0]
    assert "X-Amz-Signature" in part.url
    assert unsigned.endswith(".mp4")


def assert_it_plays_in_a_frame(
    stack: Stack, creator: Creator, video: str, s3: str, folder: Path
) -> None:
    """Play the film in another site's page: a visitor's browser is led to the bucket."""
    creator.post(f"{video}visibility/", visibility="unlisted")
    film = creator.get(video).text.partition('player-video" src="')[2].partition("video.mp4")[0]
    site = folder / "site"
    site.mkdir()
    write_blog(site, f"{stack.url}{film}embed/?autoplay=1&muted=1")
    with other_site(site) as blog, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        addresses: list[str] = []
        page.on("request", lambda request: addresses.append(request.url))
        page.goto(blog)
        player = page.frame_locator("iframe").locator("video")
        wait_for(lambda: player.evaluate("film => film.currentTime") > 0.2, 30, "It stands still")
        browser.close()
    assert any(address.startswith(f"{s3}/portal/films/") for address in addresses)
