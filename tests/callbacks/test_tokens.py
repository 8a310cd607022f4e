"""Addresses of callbacks, and the tokens in them."""

import pytest

from tests.factories import a_video
from videos.callbacks import tokens


@pytest.mark.django_db
def test_an_address_names_its_video_and_nothing_else(settings):
    settings.SITE_URL = "https://portal.example.com"
    video = a_video(provider="kie")
    url = tokens.callback_url(video)
    assert url.startswith("https://portal.example.com/callbacks/kie/")
    token = url.rstrip("/").rsplit("/", 1)[1]
    assert len(token) > 70
    assert token == tokens.make_token(video)
    assert tokens.read_token("kie", token) == video.pk
    assert tokens.read_token("apikley", token) is None
    for wrong in ("", token[:-1], token[1:], video.pk.hex, f"{video.pk.hex}:", "ü" * 9, ":" * 40):
        assert tokens.read_token("kie", wrong) is None
