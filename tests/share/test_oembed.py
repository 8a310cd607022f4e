"""oEmbed: whose videos are found by which addresses, and what the answer says."""

from xml.etree import ElementTree

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.factories import a_finished_video, a_playable_track, a_video
from videos.models import Video
from videos.share.oembed import discovery_url, find_video, oembed, to_xml

pytestmark = pytest.mark.django_db
SITE = "https://xn--mnchen-3ya.example"


@pytest.fixture(autouse=True)
def site(settings: Settings) -> None:
    settings.SITE_URL = SITE


@pytest.fixture
def video() -> Video:
    return a_finished_video(visibility="unlisted", author="Ann")


@pytest.mark.parametrize(
    "form",
    [
        "https://xn--mnchen-3ya.example/v/{}/",
        "https://MÜNCHEN.example/v/{}/",
        "http://münchen.example/v/{}/",
        "https://münchen.example:443/v/{}/embed/",
        "https://münchen.example./v/{}/",
        "  https://münchen.example/v/{}/?utm_source=x#lyrics ",
    ],
)
def test_a_video_is_found_by_every_way_to_write_its_page(video: Video, form: str):
    assert find_video(form.format(video.slug)) == (video, 0)


@pytest.mark.parametrize("end", ["?t=90", "?a=b&t=1m30s", "#t=90", "embed/?t=1:30"])
def test_the_moment_of_a_link_goes_along(video: Video, end: str):
    assert find_video(f"{SITE}/v/{video.slug}/{end}") == (video, 90)


@pytest.mark.parametrize(
    "form",
    [
        "https://other.example/v/{}/", "https://münchen.example:8443/v/{}/", "ftp://münchen.example/v/{}/",
        "https://münchen.example/v/{}/video.mp4", "https://münchen.example/", "/v/{}/", "{}", "https://[::1/v/{}/",
        "https://münchen.example@other.example/v/{}/", "https://münchen.example:x/v/{}/", "https://\u2260./v/{}/",
        "https://münchen.example/v/{}", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_other_addresses_are_no_videos(video: Video, form: str):
    assert find_video(form.format(video.slug)) is None


def test_what_not_everybody_may_embed_is_not_there(video: Video):
    others = [
        a_finished_video(),
        a_finished_video(visibility="public", embedding_allowed=False),
        a_video(visibility="public"),
        a_finished_video(visibility="public", shared_until=timezone.now()),
    ]
    for other in others:
        assert find_video(f"{SITE}/v/{other.slug}/") is None
    video.owner.is_active = False
    video.owner.save(update_fields=["is_active"])
    assert find_video(f"{SITE}/v/{video.slug}/") is None


def test_the_answer_is_a_player(video: Video):
    answer = oembed(video, 90, None, None)
    assert (answer["type"], answer["version"]) == ("video", "1.0")
    assert (answer["title"], answer["author_name"]) == ("Northern Lights", "Ann")
    assert answer["provider_url"] == f"{SITE}/"
    assert f'src="{SITE}/v/{video.slug}/embed/?t=90"' in str(answer["html"])
    assert (answer["thumbnail_width"], answer["thumbnail_height"]) == (64, 36)


def test_neither_the_player_nor_its_picture_is_larger_than_the_limits(video: Video):
    answer = oembed(video, 0, 32, 100)
    assert (answer["width"], answer["height"]) == (32, 18)
    assert "thumbnail_url" not in answer


def test_xml_says_the_same_whatever_is_in_a_title():
    track = a_playable_track(title='<b> & "\x02" ночь')
    video = a_finished_video(track.music_task.owner, track, visibility="public")
    answer = oembed(video, 0, None, None)
    root = ElementTree.fromstring(to_xml(answer))
    assert root.tag == "oembed"
    texts = {element.tag: element.text for element in root}
    assert texts.keys() == answer.keys()
    assert texts["title"] == '<b> & "" ночь'
    assert "<iframe" in str(texts["html"])


def test_the_page_leads_to_its_answer(video: Video):
    url = discovery_url(video, "xml", 30)
    assert url.startswith(f"{SITE}/oembed/?url=https%3A%2F%2Fxn--mnchen-3ya.example%2Fv%2F")
    assert url.endswith("%3Ft%3D30&format=xml")
