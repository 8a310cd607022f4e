"""The policy of pages that play a vendor's film."""

import pytest
from django.test import override_settings

from tests.factories import a_finished_video, a_video

pytestmark = pytest.mark.django_db


def media_sources(client, url: str, **fields: object) -> list[str]:
    video = a_video(
        status="SUCCESS", provider="kie", vendor_url=url, visibility="unlisted", **fields
    )
    with override_settings(VENDORS={"kie": {"api_key": "k", "base_url": "https://api.kie.ai"}}):
        policy = client.get(f"/v/{video.slug}/")["Content-Security-Policy"]
    directives = dict(
        each.strip().split(" ", 1) for each in policy.split(";") if " " in each.strip()
    )
    return directives.get("media-src", directives["default-src"]).split()


def test_only_the_origin_of_the_film_is_added(client):
    plain = media_sources(client, "https://cdn.example/f.mp4", film="films/a.mp4")
    more = media_sources(client, "https://cdn.example:8443/a/f.mp4?x=1")
    assert set(more) - set(plain) == {"https://cdn.example:8443"}


@pytest.mark.parametrize(
    "url", ["https://a.example;script-src/f.mp4", "javascript:alert(1)", "https://é.example/f.mp4"]
)
def test_an_address_that_does_not_fit_into_a_policy_adds_nothing(client, url):
    assert all("a.example" not in source for source in media_sources(client, url))
    assert all("'" in source or source == "blob:" for source in media_sources(client, url))


def test_a_film_that_its_vendor_has_plays_from_there_and_the_page_says_so(client):
    url = "https://cdn.example/f.mp4"
    video = a_video(status="SUCCESS", provider="kie", vendor_url=url, visibility="unlisted")
    with override_settings(VENDORS={"kie": {"api_key": "k", "base_url": "https://api.kie.ai"}}):
        page = client.get(f"/v/{video.slug}/")
        embedded = client.get(f"/v/{video.slug}/embed/")
    assert "The film plays from kie.ai" in page.text
    for response in (page, embedded):
        assert f'src="/v/{video.slug}/video.mp4' in response.text
        assert "https://cdn.example" in response["Content-Security-Policy"]
    film = client.get(f"/v/{video.slug}/video.mp4")
    assert (film.status_code, film["Location"]) == (302, url)


def test_players_in_frames_may_load_what_is_redirected_to_a_bucket(client, settings):
    bucket = "https://s3.example:9000"
    policy = {
        name: list(each) for name, each in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
    }
    for name in ("img-src", "media-src"):
        policy[name].append(bucket)
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy}
    video = a_finished_video(visibility="unlisted")
    header = client.get(f"/v/{video.slug}/embed/")["Content-Security-Policy"]
    directives = {each.strip().partition(" ")[0]: each for each in header.split(";")}
    assert bucket in directives["media-src"]
    assert bucket in directives["img-src"]
    assert "*" in directives["frame-ancestors"]
