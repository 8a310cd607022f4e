"""What chats and networks show of a share page, by the rules that they publish."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from tests import media_files, unfurlers
from tests.factories import a_finished_video, a_playable_track
from tests.unfurlers import MB, File, Preview
from videos.models import Video
from videos.render.sandbox.pictures import PREVIEW_SIZE

pytestmark = pytest.mark.django_db
SITE = "https://portal.example.com"
PLAY_A_FILE = {unfurlers.discord, unfurlers.telegram, unfurlers.facebook, unfurlers.imessage}
SHOW_A_PLAYER = {unfurlers.x, unfurlers.mastodon}


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE


def a_shared_video(**fields: object) -> Video:
    track = a_playable_track(title='"Night" & <day>')
    values = {"visibility": "unlisted", "author": "Ann", "width": 640, "height": 360}
    video = a_finished_video(track.music_task.owner, track, **values | fields)
    preview = ContentFile(media_files.jpeg(*PREVIEW_SIZE))
    video.preview_picture = default_storage.save(f"films/{video.pk.hex}/1-preview.jpg", preview)
    video.save(update_fields=["preview_picture"])
    return video


def shown_by(unfurler: unfurlers.Callable[..., Preview], video: Video) -> Preview:
    """Return what a service shows of the real page; it fetches files as it would."""
    client = Client(headers={"User-Agent": "Twitterbot/1.0"})

    def get(url: str):
        assert url.startswith(SITE), url
        return client.get(url.removeprefix(SITE))

    def fetch(url: str) -> File:
        response = get(url)
        assert response.status_code == 200, url
        data, kind = response.getvalue(), response["Content-Type"]
        if not kind.startswith("image/"):
            row = Video.objects.get(pk=video.pk)  # films of tests are small: the row has the size
            return File(kind, len(data) if "teaser" in url else row.size)
        with Image.open(io.BytesIO(data)) as picture:
            return File(kind, len(data), *picture.size)

    page = client.get(f"/v/{video.slug}/")
    assert page.status_code == 200
    return unfurler(page.text, fetch, lambda url: get(url).text)


@pytest.mark.parametrize("unfurler", unfurlers.ALL)
def test_everybody_shows_title_and_picture_and_plays_what_it_can(unfurler):
    video = a_shared_video()
    preview = shown_by(unfurler, video)
    base = f"{SITE}/v/{video.slug}/"
    assert preview.title == '"Night" & <day>'
    assert preview.image == f"{base}preview.jpg"
    assert preview.video == (f"{base}video.mp4" if unfurler in PLAY_A_FILE else "")
    assert preview.player == (f"{base}embed/" if unfurler in SHOW_A_PLAYER else "")
    assert preview.layout in {"", "large", "video", "player"}
    assert preview.description in {"", "A music video by Ann."}
    assert preview.author in {"", "Ann"}


@pytest.mark.parametrize("unfurler", unfurlers.ALL)
def test_of_a_large_film_they_play_some_silent_seconds(unfurler):
    video = a_shared_video(size=400 * MB)
    teaser = ContentFile(media_files.mp4())
    video.teaser = default_storage.save(f"films/{video.pk.hex}/1-teaser.mp4", teaser)
    video.save(update_fields=["teaser"])
    preview = shown_by(unfurler, video)
    url = f"{SITE}/v/{video.slug}/teaser.mp4"
    assert preview.video == (url if unfurler in PLAY_A_FILE else "")
    assert preview.image


@pytest.mark.parametrize("unfurler", unfurlers.ALL)
def test_without_a_teaser_a_large_film_has_a_large_picture(unfurler):
    video = a_shared_video()
    Video.objects.filter(pk=video.pk).update(size=400 * MB)
    preview = shown_by(unfurler, video)
    assert preview.video == ""
    assert preview.image
    assert preview.layout in {"", "large", "summary_large_image"}


def test_discord_plays_what_others_may_not_embed():
    """It lays out by the last of two tags; X's card of a picture must not win over the film."""
    preview = shown_by(unfurlers.discord, a_shared_video(embedding_allowed=False))
    assert preview.layout == "video"
    assert preview.video


@pytest.mark.parametrize("unfurler", unfurlers.ALL)
def test_before_there_is_a_preview_picture_the_poster_is_declared_as_it_is(unfurler):
    track = a_playable_track()
    video = a_finished_video(track.music_task.owner, track, visibility="public")
    assert shown_by(unfurler, video).image in {"", f"{SITE}/v/{video.slug}/poster.jpg"}


def test_the_tags_are_at_the_beginning_also_where_lyrics_are_long(client):
    lyrics = "\n".join(f"[{n // 60:02}:{n % 60:02}.00]{'la ' * 30}" for n in range(600))
    video = a_finished_video(track=a_playable_track(lyrics=lyrics), visibility="public")
    text = client.get(f"/v/{video.slug}/").text
    assert len(text) > 150_000
    assert len(text.partition("</head>")[0].encode()) < 16_000
