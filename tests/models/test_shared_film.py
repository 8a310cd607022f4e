"""The address of a film, and who may watch it there."""

from datetime import timedelta

import pytest

from tests.factories import a_video
from videos import clock
from videos.models.shared_film import SHARING_COLUMNS, SharedFilm
from videos.statuses import Visibility

pytestmark = pytest.mark.django_db


def test_slugs_cannot_be_guessed():
    slugs = {a_video().slug for _ in range(3)}
    assert len(slugs) == 3
    assert all(len(slug) >= 22 for slug in slugs)


def test_all_that_is_decided_moves_with_the_address():
    assert set(SHARING_COLUMNS) == {field.name for field in SharedFilm._meta.local_fields}


def test_a_password_is_stored_as_a_hash():
    video = a_video()
    assert not video.check_password("")
    video.set_password("Lanterns")
    video.refresh_from_db()
    assert "Lanterns" not in video.password
    assert video.check_password("Lanterns")
    assert not video.check_password("lanterns")


@pytest.mark.parametrize("typed", ["caf\u00e9", "cafe\u0301", " café\n", "\uff43afé"])
def test_a_password_is_the_same_from_each_keyboard(typed):
    video = a_video()
    video.set_password("café")
    assert video.check_password(typed)


@pytest.mark.parametrize(("seconds", "ended"), [(-1, True), (60, False)])
def test_sharing_ends_at_its_time(seconds, ended):
    assert a_video(shared_until=clock.now() + timedelta(seconds=seconds)).has_ended is ended


def test_what_needs_a_password_is_not_embedded():
    assert a_video(visibility=Visibility.UNLISTED).is_embeddable
    assert not a_video(visibility=Visibility.PASSWORD).is_embeddable
    assert not a_video(visibility=Visibility.PUBLIC, embedding_allowed=False).is_embeddable
