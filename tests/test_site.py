"""What all templates know of the site."""

import pytest

from videos.site import site_context


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("open", True), ("approval", True), ("invitation", False), ("closed", False)],
)
def test_an_account_is_offered_where_everybody_can_make_one(rf, settings, policy, expected):
    settings.SIGNUP = policy
    assert site_context(rf.get("/"))["allow_signup"] == expected


@pytest.mark.django_db
def test_the_operator_s_pages_are_linked_by_every_footer_as_far_as_there_are_any(client, settings):
    assert "site-footer-links" not in client.get("/").text
    settings.TERMS_URL, settings.COPYRIGHT_URL = (
        "https://a.example/terms",
        "https://a.example/c?x=1&y",
    )
    for page in ("/", "/accounts/login/"):
        text = client.get(page).text
        assert '<a href="https://a.example/terms">Terms</a>' in text
        assert '<a href="https://a.example/c?x=1&amp;y">Copyright</a>' in text
        assert "Privacy</a>" not in text
