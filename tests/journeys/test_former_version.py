"""The code of before serves on today's tables: so it is between ``prepare`` and the restart.

That code is the last release, where there is a tag of one; otherwise what was there before the
first migration that tests/test_migrations.py watches.
"""

import os
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.stack import ROOT
from tests.test_migrations import BASELINE

pytestmark = [pytest.mark.nightly, pytest.mark.processes]

CODE = (".", ":(exclude)node_modules")  # which a commit has as a link out of the folder
# Typed into the shell of the former version: the ways of creators, visitors and programs
JOURNEYS = """
import re
from django.test import Client
from videos import pipeline
from videos.models import ApiKey, Track, User, Video

demo = User.objects.get(email="demo@example.com")
browser, visitor = Client(), Client()
browser.force_login(demo)
song = Track.objects.filter(music_task__owner=demo).first()
assert song, "the demo song is there"
for path in ("/", "/songs/", f"/songs/{song.pk}/", "/videos/new/", "/account/data/"):
    assert browser.get(path, follow=True).status_code == 200, path
form = browser.get("/videos/new/").content.decode()
token = re.search('name="form_token" value="([^"]+)"', form)[1]
order = {"form_token": token, "song": song.pk, "provider": "builtin", "format": "16:9",
         "look": "glow", "resolution": "720", "fps": "30", "sound": "normalised",
         "author": "Ada", "domain_name": "example.com"}
page = browser.post("/videos/new/", order)
assert page.status_code == 302, page.content
video = Video.objects.get()
pipeline.advance(video.pk)
video = Video.objects.get()
assert video.status == "SUCCESS", video.error_message
assert browser.get(f"/videos/{video.pk}/").status_code == 200
fragment = browser.get(f"/videos/{video.pk}/status/", headers={"HX-Request": "true"})
assert fragment.status_code == 200, fragment.status_code
Video.objects.update(visibility="public")
assert visitor.get(f"/v/{video.slug}/").status_code == 200
secret = ApiKey.objects.issue(demo, "Test")[1]
bearer = {"Authorization": f"Bearer {secret}"}
record = visitor.get(f"/api/v1/mp4/record-info?taskId={video.pk.hex}", headers=bearer).json()
assert record["data"]["successFlag"] == "SUCCESS", record
assert browser.post(f"/videos/{video.pk}/delete/").status_code == 302
admin = Client()
admin.force_login(User.objects.get(email="admin@example.com"))
for path in ("/admin/", "/admin/videos/video/", "/admin/videos/user/"):
    assert admin.get(path).status_code == 200, path
print("all served")
"""


def git(*arguments: str) -> bytes:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, timeout=60)
    if done.returncode:
        pytest.skip("The history of the project is not here.")
    return done.stdout


def former_commit() -> str:
    tags = git("tag", "--list", "v*", "--sort=-version:refname", "--merged").decode().split()
    if tags:
        return tags[0]
    later = [
        f"videos/migrations/{path.name}"
        for path in sorted((ROOT / "videos/migrations").glob("0*.py"))
        if path.name[:4] > BASELINE
    ]
    added = git("log", "--reverse", "--diff-filter=A", "--format=%H", "--", *later).decode().split()
    if not later or not added:
        pytest.skip("No migration was written since.")
    return f"{added[0]}^"


@pytest.fixture
def former(tmp_path: Path) -> Path:
    """Return a folder with the code of before."""
    folder = tmp_path / "former"
    with tarfile.open(
        fileobj=BytesIO(git("archive", "--format=tar", former_commit(), "--", *CODE))
    ) as archive:
        archive.extractall(folder, filter="data")
    return folder


def test_the_former_version_serves_on_the_tables_of_this_one(former, tmp_path):
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "DEBUG": "true",
        "DATA_DIR": str(tmp_path / "data"),
        "ALLOWED_HOSTS": "testserver",
        "CELERY_BROKER_URL": "memory://",
        "PORT": "8123",
    }

    def manage(folder: Path, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=500,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    migrate = (
        "from django.core.management import call_command as call; call('migrate', verbosity=0)"
    )
    demo = "call('createcachetable', verbosity=0); from videos.demo import setup; setup.make_demo()"
    manage(former, "shell", "-v0", "-c", f"{migrate}; {demo}")  # a site of before …
    manage(ROOT, "shell", "-v0", "-c", migrate)  # … whose tables are those of today
    assert "all served" in manage(former, "shell", "-v0", "-c", JOURNEYS)
