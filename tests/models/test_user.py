"""People, who log in with an e-mail address."""

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from tests.factories import a_track, a_user, a_video
from videos.models import Track, User, Video

pytestmark = pytest.mark.django_db


def test_a_person_is_found_by_the_address_in_any_case():
    user = User.objects.create_user("Ann@Example.COM", "correct horse battery staple")
    assert user.email == "ann@example.com"
    assert user.check_password("correct horse battery staple")
    assert not user.is_staff


def test_nobody_is_without_an_address():
    with pytest.raises(ValueError, match="address"):
        User.objects.create_user("")


def test_an_operator_may_do_everything_in_the_admin():
    operator = User.objects.create_superuser("op@example.com", "correct horse battery staple")
    assert operator.is_staff
    assert operator.is_superuser


def test_defaults_are_written_only_where_they_change(django_assert_num_queries):
    user = a_user()
    with django_assert_num_queries(1):
        user.save_defaults("Ada", "example.com")
    with django_assert_num_queries(0):
        user.save_defaults("Ada", "example.com")
    user.refresh_from_db()
    assert (user.author, user.domain_name) == ("Ada", "example.com")


def test_rows_are_their_owners_and_no_visitor_has_any():
    owner = a_user()
    track = a_track(owner)
    video = a_video(owner, track)
    a_video()
    assert list(Track.objects.for_user(owner)) == [track]
    assert list(Video.objects.for_user(owner)) == [video]
    assert not Video.objects.for_user(AnonymousUser()).exists()


def test_ended_sessions_stay_ended_under_an_older_secret_key(client, settings):
    user = a_user()
    settings.SECRET_KEY = "old" * 20
    client.force_login(user)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, ["old" * 20]
    assert get_user(client) == user
    user.end_sessions()
    assert not get_user(client).is_authenticated


def test_sessions_of_a_salted_person_live_through_a_new_secret_key(client, settings):
    user = a_user()
    user.end_sessions()
    settings.SECRET_KEY = "old" * 20
    client.force_login(user)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, ["old" * 20]
    assert get_user(client) == user


def test_only_whoever_waits_is_approved():
    waiting, other = a_user(approval_requested_at=timezone.now()), a_user()
    assert waiting.approve()
    assert not waiting.approve()
    assert not other.approve()
