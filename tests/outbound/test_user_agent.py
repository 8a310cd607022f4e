"""The name under which our requests leave us."""

from videos.outbound.user_agent import user_agent


def test_it_says_who_we_are_and_where(settings):
    settings.SITE_URL = "https://portal.example.com"
    assert user_agent() == "SunoPortal/1.0 (+https://portal.example.com)"
