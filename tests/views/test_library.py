"""A creator's videos."""

import re

import pytest
from django.urls import reverse

from tests.factories import a_failed_video, a_finished_video, a_playable_track, a_track, a_user
from tests.factories import a_video as one_video

pytestmark = pytest.mark.django_db
PAGE = "/videos/"


@pytest.fixture
def me(client):
    user = a_user()
    client.force_login(user)
    return user


def fetch_videos(client, query=""):
    response = client.get(f"{PAGE}{query}")
    assert response.status_code == 200
    return response.context["videos"]


def test_visitors_are_asked_to_log_in(client):
    response = client.get(PAGE)
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/videos/"


def test_it_shows_one_s_own_videos_only(client, me):
    own = one_video(me)
    a_finished_video(visibility="public")
    assert fetch_videos(client) == [own]


def test_it_says_how_many_there_are_whatever_is_searched(client, me):
    one_video(me)
    assert client.get(PAGE).context["total"] == 1
    assert client.get(f"{PAGE}?q=nothing").context["total"] == 1


def test_an_empty_library_leads_to_the_first_video(client, me):
    response = client.get(PAGE)
    assert response.context["total"] == 0
    assert reverse("videos:new") in response.content.decode()


def test_it_searches_and_filters(client, me):
    ready = a_finished_video(me, a_track(me, title="Ночь"))
    failed = a_failed_video(me, a_track(me, title="Day", tags="rock"))
    assert fetch_videos(client, "?q=ночь") == [ready]
    assert fetch_videos(client, f"?q={failed.pk.hex[:9]}") == [failed]
    assert fetch_videos(client, "?status=SUCCESS") == [ready]
    assert fetch_videos(client, "?status=GENERATE_MP4_FAILED&q=rock") == [failed]
    assert fetch_videos(client, "?provider=builtin&status=PENDING") == []


def test_it_sorts(client, me):
    first = one_video(me, a_track(me, title="b"))
    second = one_video(me, a_track(me, title="A"))
    assert fetch_videos(client) == fetch_videos(client, "?sort=newest") == [second, first]
    assert fetch_videos(client, "?sort=oldest") == [first, second]
    assert fetch_videos(client, "?sort=title") == [second, first]


@pytest.mark.parametrize(
    "query", ["?status=x", "?sort=x", "?provider=x", "?after=x", "?q=%00", f"?q={'a' * 300}"]
)
def test_what_makes_no_sense_is_left_out(client, me, query):
    video = one_video(me)
    assert fetch_videos(client, query) == [video]


def test_load_more_is_a_link_that_keeps_what_was_asked_for(client, me):
    track = a_track(me, title="Same")
    videos = [one_video(me, track) for _ in range(30)]
    first = client.get(f"{PAGE}?q=same&sort=oldest")
    assert first.context["videos"] == videos[:24]
    link = re.search(r'href="[^"]*(\?[^"]*after=[^"]+)"', first.content.decode())[1]
    second = client.get(PAGE + link.replace("&amp;", "&"))
    assert second.context["videos"] == videos[24:]
    assert second.context["next_page"] == ""
    assert not re.search(r'href="[^"]*after=', second.content.decode())


def test_a_full_page_costs_few_queries(client, me, django_assert_max_num_queries):
    for number in range(30):
        track = a_playable_track(me, title=f"Song {number}")
        (a_finished_video if number % 2 else one_video)(me, track)
    session_and_user = 2
    with django_assert_max_num_queries(4 + session_and_user):
        client.get(PAGE)


def test_providers_are_a_choice_where_there_is_one(client, me, settings):
    own = [one_video(me), one_video(me, provider="kie")]
    assert 'name="provider"' not in client.get(PAGE).content.decode()
    settings.VENDORS = {"kie": {"api_key": "k", "base_url": "https://api.kie.ai"}}
    body = client.get(PAGE).content.decode()
    assert 'name="provider"' in body
    assert '<option value="kie">kie.ai</option>' in body
    assert fetch_videos(client, "?provider=kie") == own[1:]
