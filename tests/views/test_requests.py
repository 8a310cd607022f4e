"""The page of ours that a request comes from."""

import pytest

from videos.views.requests import RenewableSession, referring_page


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        ("http://testserver/videos/new/?song=7#top", "/videos/new/?song=7"),
        ("https://evil.example/videos/", ""),
        ("http://testserver@evil.example/", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_only_pages_of_ours_are_told(rf, referer, page):
    assert referring_page(rf.get("/", headers={"Referer": referer})) == page


def test_other_sessions_than_ours_cannot_be_renewed():
    with pytest.raises(TypeError, match="SESSION_ENGINE"):
        RenewableSession().renew()
