"""The password of a shared video: the cookie that remembers it, and how often it may be tried."""

import pytest
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.factories import a_finished_video
from videos.models import RateLimitSlot, Video
from videos.pipeline.rations import RationSpent
from videos.share import password

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(settings):
    settings.RATION_PASSWORDS = [2, 3, 60]


@pytest.fixture
def video() -> Video:
    return a_video_with("tulip boat")


def a_video_with(text: str) -> Video:
    video = a_finished_video(visibility="password")
    video.set_password(text)
    return video


def a_request(cookie: str = "", address: str = "192.0.2.1") -> HttpRequest:
    request = RequestFactory(REMOTE_ADDR=address).get("/")
    request.COOKIES[password.COOKIE] = cookie
    return request


def cookie_of(video: Video):
    response = HttpResponse()
    password.remember(response, video)
    return response.cookies[password.COOKIE]


def test_the_cookie_is_for_this_video_and_this_password(video):
    cookie = cookie_of(video)
    assert cookie["path"] == f"/v/{video.slug}/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert password.is_unlocked(a_request(cookie.value), video)
    other = a_video_with("tulip boat")
    assert not password.is_unlocked(a_request(cookie.value), other)
    for forged in ("", "x", f"{video.pk.hex}:1:x", cookie.value[:-1], cookie.value + "x"):
        assert not password.is_unlocked(a_request(forged), video)
    video.set_password("tulip boat")  # the same one anew: whoever knew the last is out
    assert not password.is_unlocked(a_request(cookie.value), video)


def test_the_cookie_ends_and_a_video_without_a_password_has_none(video, monkeypatch):
    cookie = cookie_of(video).value
    monkeypatch.setattr(password, "MAX_AGE", -1)
    assert not password.is_unlocked(a_request(cookie), video)
    monkeypatch.undo()
    Video.objects.update(password="")
    video.refresh_from_db()
    assert not password.is_unlocked(a_request(cookie_of(video).value), video)
    assert not password.is_right(a_request(), video, "")


def test_https_sites_send_it_by_https_only(video, settings):
    settings.SESSION_COOKIE_SECURE = True
    assert cookie_of(video)["secure"]


def test_a_password_is_the_same_on_every_keyboard(video):
    for text in (" tulip boat ", "\uff54ulip boat"):
        assert password.is_right(a_request(), video, text)
    for text in ("Tulip boat", "", "tulip\0boat", "x" * 10_000):
        RateLimitSlot.objects.all().delete()
        assert not password.is_right(a_request(), video, text)


def test_wrong_ones_are_counted_by_address_and_by_video(video):
    def try_wrong(address: str, of: Video = video) -> bool:
        return password.is_right(a_request(address=address), of, "wrong")

    for _ in range(2):
        assert not try_wrong("192.0.2.1")
    with pytest.raises(RationSpent):
        try_wrong("192.0.2.1")
    assert not try_wrong("192.0.2.1", a_video_with("other"))
    assert not try_wrong("2001:db8::1")
    with pytest.raises(RationSpent):
        try_wrong("2001:db8::2")
    RateLimitSlot.objects.update(taken_at=F("taken_at") - 60)
    assert not try_wrong("192.0.2.1")


def test_right_ones_are_not_counted(video):
    for _ in range(5):
        assert password.is_right(a_request(), video, "tulip boat")


def test_new_passwords_differ_and_are_easy_to_read():
    passwords = {password.new_password() for _ in range(100)}
    assert len(passwords) == 100
    assert all(len(each) == 14 and not set(each) & set("0o1il") for each in passwords)
