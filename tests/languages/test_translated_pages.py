"""The main pages in each language: nothing English is left on them."""

import re
from html.parser import HTMLParser

import pytest

from tests.factories import a_delivery, a_failed_video, a_finished_video, a_playable_track, a_user
from videos.models import AccountEvent, ApiKey

pytestmark = pytest.mark.django_db

SHOWN = {
    "alt",
    "title",
    "aria-label",
    "placeholder",
    "label",
    "data-copied-text",
    "data-error-lead",
}
# Names, formats and what the people of these tests wrote
NAMES = set(
    re.findall(
        r"\w+",
        """
        Ctrl Shift Esc curl Python JavaScript the Canvas Spotify rrggbb ffb347 srt vtt
        Let Lanterns Inter Playfair Oswald
        UTC Chorus Suno Portal English TestTitle TestAuthor TestTags TestKey example com Chrome
        Linux WebVTT SRT LRC TTML ASS API Atom MP3 WAV FLAC OGG Opus AAC AIFF WebM WebP JPEG PNG
        AVIF mp3 wav flac m4a ogg Zip zip JSON LUFS Webhook YouTube Reels Shorts TikTok WhatsApp
        Telegram Facebook Bluesky Reddit Weibo OpenAPI kie Apikley Crun EBU http testserver
        """,
    )
)
WORD = re.compile(r"[A-Za-z]{3,}[0-9]?")


class Texts(HTMLParser):
    """Collects what a page shows, and what it says of its pictures and fields."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in {"script", "style", "code", "textarea"}
        for name, value in attrs:
            if name in SHOWN or (tag, name) == ("meta", "content"):
                self.texts.append(value or "")

    def handle_endtag(self, tag):
        self.hidden -= tag in {"script", "style", "code", "textarea"}

    def handle_data(self, data):
        if not self.hidden:
            self.texts.append(data.strip())


def english_in(body: str) -> list[str]:
    parser = Texts()
    parser.feed(
        re.sub(
            r"<meta [^>]*(?:http|viewport|htmx-config|color|robots|og:|twitter)[^>]*>",
            "",
            body,
            flags=re.DOTALL,
        )
    )
    return [text for text in parser.texts if set(WORD.findall(text)) - NAMES]


PUBLIC = (
    *("/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"),
    *("/v/{slug}/", "/v/{slug}/report/", "/v/{slug}/more/", "/v/{slug}/embed/?lyrics=1"),
)
OWN = (
    *("/", "/videos/", "/videos/new/?song={track}", "/videos/{video}/", "/videos/{failed}/"),
    *(
        "/songs/",
        "/songs/{track}/",
        "/songs/{track}/lyrics/",
        "/songs/new/",
        "/videos/trash/",
        "/account/",
        "/account/security/",
    ),
    *("/account/keys/", "/account/webhooks/", "/account/data/", "/account/delete/"),
    *("/accounts/email/", "/accounts/password/change/", "/accounts/2fa/"),
)


@pytest.mark.parametrize("language", ["ru", "zh-hans"])
def test_no_page_has_english_left(client, language):
    owner = a_user("a@b.c", language=language)
    track = a_playable_track(
        owner, title="TestTitle", tags="TestTags", lyrics="[Chorus]\nTestTitle"
    )
    values = {"author": "TestAuthor", "visibility": "public", "section_language": language}
    video = a_finished_video(owner, track, **values)
    a_finished_video(owner, track, **values)
    failed = a_failed_video(owner, track, author="", error_message="The song was deleted.")
    a_delivery(video)
    ApiKey.objects.issue(owner, "TestKey")
    AccountEvent.objects.record(owner, AccountEvent.Kind.API_KEY_CREATED, "TestKey")
    names = {"slug": video.slug, "track": track.pk, "video": video.pk, "failed": failed.pk}
    english: dict[str, list[str]] = {}
    for path in PUBLIC:
        response = client.get(path.format(**names), headers={"Accept-Language": language})
        assert response.status_code == 200, path
        english[path] = english_in(response.content.decode())
    client.force_login(owner)
    for path in OWN:
        response = client.get(path.format(**names))
        assert response.status_code == 200, path
        english[path] = english_in(response.content.decode())
    assert {path: texts for path, texts in english.items() if texts} == {}


def test_english_is_noticed():
    assert english_in('<p>Привет</p><img alt="Not marked"><p>Suno</p><code>curl</code>') == [
        "Not marked"
    ]
