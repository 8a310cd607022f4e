"""The policy of pages that play a vendor's film."""

import pytest
from django.test import override_settings

from tests.factories import a_video

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
