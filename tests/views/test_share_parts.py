"""Parts of share pages that are used again: for people who are logged in, as if made anew."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import a_finished_video, a_playable_track, a_user, an_operator
from tests.views.test_visitor_pages import WITHDRAWN, page_of
from videos.models import Video
from videos.views import share_parts, visitor_pages

pytestmark = pytest.mark.django_db
OWN = re.compile(r'X-CSRFToken": "\w+"|name="csrfmiddlewaretoken" value="\w+"|data-user="\d+"')


@pytest.fixture(autouse=True)
def empty_memory() -> None:
    visitor_pages.forget_all()
    share_parts.forget_all()


@pytest.fixture
def video() -> Video:
    track = a_playable_track(title="Harbour", lyrics="[00:00.10]One line\n[00:00.50]Another")
    return a_finished_video(track=track, visibility="public")


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def test_the_next_person_gets_the_same_page_with_their_own_things_around(video):
    ann, ben = a_user(), a_user()
    first = browser_of(ann).get(page_of(video))
    assert share_parts.stored_parts
    second = browser_of(ben).get(page_of(video))
    assert second.headers["X-Robots-Tag"] == first.headers["X-Robots-Tag"]
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    without_own = [
        OWN.sub("", page.text).replace(user.email, "")
        for page, user in ((first, ann), (second, ben))
    ]
    assert without_own[0] == without_own[1]
    assert f'data-user="{ben.pk}"' in second.text
    assert ann.email not in second.text


def test_it_reads_the_rows_by_one_query_beside_session_and_person(video, django_assert_num_queries):
    browser = browser_of(a_user())
    browser.get(page_of(video))
    with django_assert_num_queries(3):
        assert "Harbour" in browser.get(page_of(video)).text


def test_a_link_to_a_moment_has_parts_of_its_own(client, video):
    assert "#t=7" in client.get(f"{page_of(video)}?t=7").text
    assert "#t=7" in client.get(f"{page_of(video)}?t=7").text
    assert "#t=9" in client.get(f"{page_of(video)}?t=9").text
    assert (
        'lang="ru"' in client.get(f"{page_of(video)}?t=9", headers={"Accept-Language": "ru"}).text
    )


@pytest.mark.parametrize("state", WITHDRAWN)
def test_what_is_withdrawn_is_refused_at_once(video, state):
    browser = browser_of(a_user())
    assert "Harbour" in browser.get(page_of(video)).text
    Video.objects.filter(pk=video.pk).update(**WITHDRAWN[state])
    response = browser.get(page_of(video))
    assert "Harbour" not in response.text
    assert response.status_code == (200 if state == "password" else 404)


@pytest.mark.parametrize("state", WITHDRAWN)
def test_what_is_withdrawn_is_on_no_page_of_another_video_either(video, state):
    browser = browser_of(a_user())
    other = a_finished_video(video.owner, a_playable_track(video.owner, title="Lanterns"),
                             visibility="public", author=video.author)  # fmt: skip
    assert "Lanterns" in browser.get(page_of(video)).text
    Video.objects.filter(pk=other.pk).update(**WITHDRAWN[state])
    assert "Lanterns" not in browser.get(page_of(video)).text


def test_a_change_is_seen_at_once(video):
    browser = browser_of(a_user())
    browser.get(page_of(video))
    video.track.title = "Slow River"
    video.track.save(update_fields=["title"])
    assert "Slow River" in browser.get(page_of(video)).text


def test_the_page_of_its_owner_stays_theirs(video):
    owner, other = browser_of(video.owner), browser_of(a_user())
    assert "Manage" in owner.get(page_of(video)).text
    assert "Manage" not in other.get(page_of(video)).text
    assert "Manage" in owner.get(page_of(video)).text


def test_what_an_operator_sees_of_a_hidden_video_is_not_stored(video):
    Video.objects.filter(pk=video.pk).update(hidden_at=timezone.now())
    assert "Harbour" in browser_of(an_operator()).get(page_of(video)).text
    assert browser_of(a_user()).get(page_of(video)).status_code == 404
    assert not share_parts.stored_parts


def test_the_memory_has_an_end(client, monkeypatch):
    monkeypatch.setattr(share_parts, "MAX_PAGES", 1)
    for film in [a_finished_video(visibility="unlisted") for _ in range(2)]:
        assert client.get(f"{page_of(film)}?t=1").status_code == 200
    assert len(share_parts.stored_parts) == 1
