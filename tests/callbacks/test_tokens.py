"""Addresses of callbacks, and the tokens in them."""

import pytest
from django.core.signing import Signer

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


@pytest.mark.django_db
def test_a_token_survives_a_secret_key_that_is_lost(settings):
    video = a_video(provider="kie")
    token = tokens.make_token(video)
    settings.SECRET_KEY = "another-" + "y" * 50
    assert tokens.make_token(video) == token
    assert tokens.read_token("kie", token) == video.pk


@pytest.mark.django_db
def test_a_token_that_was_signed_with_the_secret_key_is_still_accepted(settings):
    video = a_video(provider="kie")
    token = Signer(salt="videos.callback.kie").sign(video.pk.hex)
    assert tokens.read_token("kie", token) == video.pk
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" + "y" * 50
    assert tokens.read_token("kie", token) == video.pk
    settings.SECRET_KEY_FALLBACKS = []
    assert tokens.read_token("kie", token) is None
