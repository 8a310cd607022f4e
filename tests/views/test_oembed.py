"""The oEmbed endpoint, as other sites' programs see it."""

import json
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.factories import a_finished_video
from videos.models import Video

pytestmark = pytest.mark.django_db


@pytest.fixture
def video() -> Video:
    return a_finished_video(visibility="public")


def look_up(client, video: Video, **parameters: object):
    query = {"url": f"http://testserver/v/{video.slug}/"} | parameters
    return client.get(f"/oembed/?{urlencode(query)}")


@pytest.mark.parametrize(
    ("format", "kind"), [("json", "application/json"), ("xml", "text/xml; charset=utf-8")]
)
def test_both_formats_are_answered_to_every_site(client, video, format, kind):
    response = look_up(client, video, format=format)
    assert (response.status_code, response["Content-Type"]) == (200, kind)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert f"/v/{video.slug}/embed/" in response.text


def test_json_is_the_default_and_limits_are_kept(client, video):
    answer = json.loads(look_up(client, video, maxwidth=320, maxheight=90).text)
    assert (answer["width"], answer["height"]) == (160, 90)


@pytest.mark.parametrize("limit", ["0", "-5", "x", "1e3", "9" * 400, "٣"])
def test_what_is_no_limit_is_none(client, video, limit):
    assert look_up(client, video, maxwidth=limit).json()["width"] == 640


def test_behind_a_proxy_all_addresses_are_the_sites_own(client, video, settings: Settings):
    settings.SITE_URL = "https://portal.example"
    settings.ALLOWED_HOSTS = ["10.0.0.7"]
    url = f"https://portal.example/v/{video.slug}/"
    response = client.get(f"/oembed/?{urlencode({'url': url})}", headers={"Host": "10.0.0.7"})
    assert response.status_code == 200
    assert "10.0.0.7" not in response.text


def test_what_may_not_be_embedded_and_what_is_not_there_answer_alike(client, video):
    private = a_finished_video()
    not_allowed = a_finished_video(visibility="public", embedding_allowed=False)
    client.force_login(private.owner)  # whoever asks has no session
    answers = {
        (response.status_code, response.content, str(sorted(response.headers.items())))
        for response in (
            look_up(client, private),
            look_up(client, not_allowed),
            look_up(client, video, url="http://testserver/v/AAAAAAAAAAAAAAAAAAAAAA/"),
            look_up(client, video, url="https://other.example/"),
        )
    }
    assert len(answers) == 1
    assert answers.pop()[0] == 404


def test_one_with_a_password_is_401_until_it_ends(client, video):
    for allowed in (True, False):
        Video.objects.update(visibility="password", embedding_allowed=allowed)
        assert look_up(client, video).status_code == 401
    assert look_up(client, video, url=f"http://testserver/v/{video.slug}/embed/").status_code == 401
    assert look_up(client, video)["Cache-Control"] == "private, no-cache"
    assert str(video.title) not in look_up(client, video).text
    Video.objects.update(shared_until=timezone.now())
    assert look_up(client, video).status_code == 404


def test_other_formats_are_not_implemented_and_an_address_is_needed(client, video):
    assert look_up(client, video, format="yaml").status_code == 501
    assert client.get("/oembed/").status_code == 400
    assert client.post("/oembed/").status_code == 405
    assert look_up(client, video, format="yaml")["Access-Control-Allow-Origin"] == "*"


def test_it_costs_one_query(client, video, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        look_up(client, video)
