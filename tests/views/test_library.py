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
    return [stack.top for stack in response.context["stacks"]]


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
    assert client.get(PAGE).context["total"].number == 1
    assert client.get(f"{PAGE}?q=nothing").context["total"].number == 1


def test_an_empty_library_leads_to_the_first_video(client, me):
    response = client.get(PAGE)
    assert not response.context["total"]
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
    videos = [one_video(me, a_track(me, title="Same")) for _ in range(30)]
    first = client.get(f"{PAGE}?q=same&sort=oldest&pages=1")
    assert [stack.top for stack in first.context["stacks"]] == videos[:24]
    link = re.search(r'href="[^"]*(\?[^"]*after=[^"]+)"', first.text)[1].replace("&amp;", "&")
    assert "pages" not in link
    second = client.get(PAGE + link)
    assert [stack.top for stack in second.context["stacks"]] == videos[24:]
    assert second.context["next_page"] == ""
    assert not re.search(r'href="[^"]*after=', second.text)
    assert fetch_videos(client, "?q=same&sort=oldest&pages=2") == videos


def test_the_films_of_a_song_are_a_stack(client, me):
    track = a_track(me, title="Same")
    films = [one_video(me, track, form_token=None) for _ in range(9)]
    alone = one_video(me)
    page = client.get(PAGE)
    assert [(stack.top, stack.count) for stack in page.context["stacks"]] == [
        (alone, 1),
        (films[-1], 9),
    ]
    assert page.context["stacks"][1].others == films[-2:-8:-1]
    assert "8 more films of this song" in page.text
    assert f'href="/videos/?song={track.pk}"' in page.text
    assert fetch_videos(client, f"?song={track.pk}") == films[::-1]
    assert fetch_videos(client, "?song=99999999999999999999") == fetch_videos(client)


def test_it_filters_by_what_a_film_is_and_counts_it(client, me):
    track = a_track(me)
    tall = a_finished_video(me, track, format="9:16", visibility="public")
    wide = a_finished_video(me, track, look="orbit")
    page = client.get(f"{PAGE}?format=9:16")
    assert [stack.top for stack in page.context["stacks"]] == [tall]
    assert "1 of 2 videos" in " ".join(page.text.split())
    assert fetch_videos(client, "?visibility=public") == [tall]
    assert fetch_videos(client, "?look=orbit") == fetch_videos(client, "?format=x") == [wide]


def test_what_is_being_made_is_counted(client, me):
    one_video(me)
    assert "1 video is being made" in client.get(PAGE).text
    me.videos.all().delete()
    a_failed_video(me, failure="cancelled")
    page = client.get(PAGE)
    assert 'class="making"' not in page.text
    assert "#triangle-alert" not in page.text


def test_a_full_page_costs_few_queries(client, me, django_assert_max_num_queries):
    for number in range(30):
        track = a_playable_track(me, title=f"Song {number}")
        (a_finished_video if number % 2 else one_video)(me, track)
    a_finished_video(me, track)
    session_and_user = 2
    for query, count in (("", 5), ("?look=glow", 6), (f"?song={track.pk}", 6)):
        with django_assert_max_num_queries(count + session_and_user):
            client.get(f"{PAGE}{query}")


def test_storage_is_shown_with_what_is_left(client, me, settings):
    a_finished_video(me, size=900)
    settings.MAX_STORAGE_BYTES = 0
    assert "900\xa0bytes stored" in client.get("/videos/storage/").text
    settings.MAX_STORAGE_BYTES = 1000
    page = client.get("/videos/storage/").text
    assert "100\xa0bytes left" in page
    assert "Once it is full" in page


def test_providers_are_a_choice_where_there_is_one(client, me, settings):
    own = [one_video(me), one_video(me, provider="kie")]
    assert 'name="provider"' not in client.get(PAGE).content.decode()
    settings.VENDORS = {"kie": {"api_key": "k", "base_url": "https://api.kie.ai"}}
    body = client.get(PAGE).content.decode()
    assert 'name="provider"' in body
    assert '<option value="kie">kie.ai</option>' in body
    assert fetch_videos(client, "?provider=kie") == own[1:]
