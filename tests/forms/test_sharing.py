"""Who may watch a video, until when, and what they may do with it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import a_video
from videos.forms.sharing import EndForm, PasswordForm, PermissionsForm, VisibilityForm
from videos.models import Video
from videos.statuses import Visibility

pytestmark = pytest.mark.django_db


def test_visibility_writes_nothing_else():
    video = a_video()
    form = VisibilityForm({"visibility": "public"}, instance=Video.objects.get(pk=video.pk))
    assert form.is_valid()
    Video.objects.update(fraction=0.7)  # by a worker, meanwhile
    form.save()
    video.refresh_from_db()
    assert (video.visibility, video.fraction) == (Visibility.PUBLIC, 0.7)
    assert not VisibilityForm({"visibility": "all"}, instance=video).is_valid()


def test_permissions_write_their_own_columns_only():
    video = a_video()
    assert (video.embedding_allowed, video.download_allowed) == (True, False)
    form = PermissionsForm({"download_allowed": "on"}, instance=Video.objects.get(pk=video.pk))
    Video.objects.update(fraction=0.5)  # by a worker
    assert form.is_valid()
    form.save()
    video.refresh_from_db()
    assert (video.embedding_allowed, video.download_allowed) == (False, True)
    assert video.fraction == 0.5


def test_a_video_with_a_password_keeps_whether_it_may_be_embedded():
    video = a_video(visibility="password")
    form = PermissionsForm({"download_allowed": "on"}, instance=video)
    assert form.is_valid()
    form.save()
    video.refresh_from_db()
    assert (video.embedding_allowed, video.download_allowed) == (True, True)


def test_a_video_that_is_to_have_a_password_gets_one():
    video = a_video()
    form = VisibilityForm({"visibility": "password"}, instance=video)
    assert form.is_valid()
    form.save()
    video.refresh_from_db()
    assert video.visibility == Visibility.PASSWORD
    assert video.check_password(form.new_password)
    again = VisibilityForm({"visibility": "password"}, instance=video)
    assert again.is_valid()
    again.save()
    assert again.new_password == ""
    assert video.check_password(form.new_password)


@pytest.mark.parametrize("password", ["", "short", " " * 10, "x" * 129])
def test_a_password_is_neither_short_nor_endless(password):
    assert not PasswordForm({"password": password}).is_valid()


def end_of(**data: str) -> object:
    form = EndForm(data)
    assert form.is_valid(), form.errors
    return form.cleaned_data["shared_until"]


def test_the_end_is_so_many_days_from_now_or_a_moment_or_never():
    day = timezone.now() + timedelta(days=1)
    assert abs(end_of(days="1", moment="2020-01-01T00:00") - day) < timedelta(minutes=1)
    year = timezone.now().year + 1
    assert end_of(moment=f"{year}-07-01T12:00", time_zone="Asia/Shanghai") == datetime(
        year, 7, 1, 4, tzinfo=UTC
    )
    for zone in ("", "Nowhere/Land", "../etc/passwd", "/etc/passwd", "Asia"):
        assert end_of(moment=f"{year}-07-01T12:00", time_zone=zone) == datetime(
            year, 7, 1, 12, tzinfo=UTC
        )
    assert end_of() is end_of(days="") is None


@pytest.mark.parametrize(
    "data",
    [
        {"moment": "2020-01-01T00:00"},
        {"moment": "9999-12-31T23:59", "time_zone": "Pacific/Honolulu"},
        {"moment": "0001-01-01T00:00", "time_zone": "Asia/Tokyo"},
        {"moment": "tomorrow"},
        {"days": "2"},
        {"days": "x"},
    ],
)
def test_what_is_no_end_is_refused(data):
    assert not EndForm(data).is_valid()


def test_the_end_writes_its_own_column_only():
    video = a_video(visibility="public")
    form = EndForm({"days": "7"})
    assert form.is_valid()
    row = Video.objects.get(pk=video.pk)
    Video.objects.update(fraction=0.5)  # by a worker
    form.save(row)
    video.refresh_from_db()
    assert video.shared_until == form.cleaned_data["shared_until"]
    assert video.fraction == 0.5
