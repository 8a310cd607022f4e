"""What a share page tells programs that preview it."""

import json
import re

import pytest

from tests.factories import a_finished_video, a_playable_track

pytestmark = pytest.mark.django_db


def meta_tags(body: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', body))


def test_previews_are_told_what_they_need(client, settings):
    settings.SITE_URL = "https://portal.example.com"
    track = a_playable_track(title='"Night" <b>')
    video = a_finished_video(track.music_task.owner, track, visibility="public", author="Ann")
    body = client.get(f"/v/{video.slug}/", headers={"Host": "localhost"}).content.decode()
    address = f"https://portal.example.com/v/{video.slug}/"
    tags = meta_tags(body)
    expected = {
        "og:type": "video.other",
        "og:url": address,
        "og:title": "&quot;Night&quot; &lt;b&gt;",
        "og:description": "A music video by Ann.",
        "og:site_name": "Suno Portal",
        "og:image": f"{address}poster.jpg",
        "og:image:type": "image/jpeg",
        "og:image:width": "64",
        "og:image:height": "36",
        "og:video": f"{address}video.mp4",
        "og:video:secure_url": f"{address}video.mp4",
        "og:video:type": "video/mp4",
        "og:video:width": "64",
        "og:video:height": "36",
        "twitter:card": "player",
        "twitter:player": f"{address}embed/",
        "twitter:player:stream": f"{address}video.mp4",
        "twitter:player:stream:content_type": "video/mp4",
    }
    assert {name: tags.get(name) for name in expected} == expected
    assert tags["og:image:alt"]
    assert f'<link rel="canonical" href="{address}">' in body
    assert "localhost" not in body


def test_without_https_no_player_is_promised(client):
    video = a_finished_video(visibility="public")
    tags = meta_tags(client.get(f"/v/{video.slug}/").content.decode())
    assert tags["twitter:card"] == "summary_large_image"
    assert "twitter:player" not in tags
    assert "og:video:secure_url" not in tags


def test_without_leave_to_embed_no_player_is_promised(client, settings):
    settings.SITE_URL = "https://portal.example.com"
    video = a_finished_video(visibility="public", embedding_allowed=False)
    body = client.get(f"/v/{video.slug}/").content.decode()
    assert meta_tags(body)["twitter:card"] == "summary_large_image"
    assert "twitter:player" not in meta_tags(body)
    assert "embedUrl" not in body


def test_search_engines_get_a_video_object(client):
    evil = "</script><script>alert(1)</script>"
    track = a_playable_track(title=evil)
    video = a_finished_video(track.music_task.owner, track, visibility="public", duration=215.4)
    body = client.get(f"/v/{video.slug}/").content.decode()
    assert evil not in body
    json_ld = re.search(r'<script type="application/ld\+json">(.*?)</script>', body, re.S)[1]
    tags = json.loads(json_ld)
    assert tags["@type"] == "VideoObject"
    assert (tags["name"], tags["duration"]) == (evil, "PT215S")
    assert tags["uploadDate"].endswith("+00:00")
    assert tags["contentUrl"] == f"http://testserver/v/{video.slug}/video.mp4"
