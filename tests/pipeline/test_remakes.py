"""A film that is made once more: with newer words, or in another shape or look."""

import pytest

from tests.factories import a_finished_video, a_playable_track
from videos import pipeline
from videos.models import Video

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    return a_finished_video(track=a_playable_track(), clip="15", fps=60)


def test_the_new_film_is_like_the_old_one_but_for_what_differs(film):
    made, is_new = pipeline.remake(film, {"format": "9:16"})
    assert is_new
    assert (made.format, made.fps, made.clip, made.author) == ("9:16", 60, "15", film.author)
    assert (made.track, made.replaces, made.provider) == (film.track, None, "builtin")
    assert made.slug != film.slug


def test_what_is_being_made_is_not_made_twice(film):
    made, _ = pipeline.remake(film, {"look": "wave"})
    assert pipeline.remake(film, {"look": "wave"}) == (made, False)
    assert pipeline.remake(film, {"look": "orbit"})[1]
    assert Video.objects.count() == 3


def test_a_film_may_take_over_the_address(film):
    assert pipeline.remake(film, {}, takes_address=True)[0].replaces == film
