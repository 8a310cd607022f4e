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
