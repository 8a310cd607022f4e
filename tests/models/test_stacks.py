"""The films of one song as one stack."""

import pytest

from tests.factories import a_track, a_user, a_video
from videos.models import Video
from videos.models.stacks import firsts, stacks, tops

pytestmark = pytest.mark.django_db


def test_the_newest_film_is_on_top_and_the_next_ones_are_listed():
    owner = a_user()
    song, other = a_track(owner), a_track(owner)
    films = [a_video(owner, song) for _ in range(8)]
    single = a_video(owner, other)
    videos = Video.objects.for_user(owner)
    assert set(tops(videos)) == {films[-1], single}
    first, second = stacks([single, films[-1]], videos)
    assert (first.count, first.others, first.unlisted_count) == (1, [], 0)
    assert (second.count, second.others, second.unlisted_count) == (8, films[6:0:-1], 1)
    assert second.is_pending


def test_a_list_of_the_oldest_has_songs_by_their_first_film_and_shows_the_newest():
    owner = a_user()
    song = a_track(owner)
    first, *_others, last = (a_video(owner, song) for _ in range(3))
    videos = Video.objects.for_user(owner)
    assert set(firsts(videos)) == {first}
    (stack,) = stacks([first], videos)
    assert (stack.top, stack.count, stack.others[-1]) == (last, 3, first)


def test_only_what_matches_is_in_a_stack():
    owner = a_user()
    song = a_track(owner)
    tall, _wide = a_video(owner, song, format="9:16"), a_video(owner, song)
    matching = Video.objects.for_user(owner).filter(format="9:16")
    assert list(tops(matching)) == [tall]
    assert stacks([tall], matching)[0].count == 1


def test_an_empty_or_a_flat_list_costs_nothing(django_assert_num_queries):
    film = a_video()
    with django_assert_num_queries(0):
        assert stacks([], Video.objects.all()) == []
        assert [stack.top for stack in stacks([film], Video.objects.all(), is_flat=True)] == [film]
