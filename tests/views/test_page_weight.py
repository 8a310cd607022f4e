"""How much a visitor loads before the film: 100 kB, of which pictures may take a quarter."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from suno_portal.backends.static_files import compact
from tests.factories import a_finished_video, a_playable_track

pytestmark = pytest.mark.django_db
MAX_BYTES = 75_000
COMPRESSED = {".css", ".js", ".svg"}  # as servers send them


def static_files(html: str) -> set[str]:
    """Return the static files of a page, with what its styles and scripts import."""
    names = set(re.findall(r'(?:src|href)="/static/([^"#]+)', html))
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if Path(name).suffix not in {".css", ".js"}:
            continue
        text = Path(str(finders.find(name))).read_text(encoding="utf-8")
        folder = Path(name).parent
        parts = re.findall(r'@import url\("([^"]+)"\)|from "\./([^"]+)"', text)
        for part in {str(folder / (css or js)) for css, js in parts} - names:
            names.add(part)
            waiting.append(part)
    return names


def weight(name: str) -> int:
    data = Path(str(finders.find(name))).read_bytes()
    if name.endswith(".css"):
        data = compact(data.decode()).encode()
    return len(gzip.compress(data)) if Path(name).suffix in COMPRESSED else len(data)


def test_a_share_page_is_light(client):
    lyrics = "\n".join(f"[{n // 60:02}:{n % 60:02}.00]la la la" for n in range(0, 180, 3))
    track = a_playable_track(lyrics=lyrics)
    video = a_finished_video(track.music_task.owner, track, visibility="public")
    html = client.get(f"/v/{video.slug}/").text
    files = static_files(html)
    assert "css/portal.css" in files
    assert "js/lyrics_scroll.js" in files
    assert not any("htmx" in name for name in files)
    weights = {name: weight(name) for name in files} | {"page": len(gzip.compress(html.encode()))}
    assert sum(weights.values()) <= MAX_BYTES, weights


def test_its_owner_has_the_scripts_of_forms_there(client):
    video = a_finished_video(visibility="public")
    client.force_login(video.owner)
    files = static_files(client.get(f"/v/{video.slug}/").text)
    assert {"js/drafts.js", "js/request_errors.js"} <= files
