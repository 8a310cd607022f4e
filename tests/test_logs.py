"""Tokens are masked in logs."""

import logging

import pytest
from gunicorn.config import Config

from suno_portal.gunicorn import MaskedLogger
from videos.logs import MaskedTokens, mask_tokens


@pytest.mark.parametrize(
    ("message", "masked"),
    [
        ("POST /callbacks/kie/0a1b:secret/ HTTP/1.1", "POST /callbacks/kie/…/ HTTP/1.1"),
        ("Bad Request: /callbacks/crun/secret", "Bad Request: /callbacks/crun/…"),
        ("https://p.example/callbacks/kie/secret/?x=1", "https://p.example/callbacks/kie/…/?x=1"),
        ("GET /files/0a1b:secret.mp4 HTTP/1.1", "GET /files/… HTTP/1.1"),
        ("GET /v/NWsZkmnS-x/video.mp4?t=1 HTTP/1.1", "GET /v/…/video.mp4?t=1 HTTP/1.1"),
        (
            "GET /accounts/login/?next=%2Fv%2FNWsZ%2F HTTP",
            "GET /accounts/login/?next=%2Fv%2F… HTTP",
        ),
        ("GET /accounts/login/?next=/v/NWsZ/&a=b", "GET /accounts/login/?next=/v/…/&a=b"),
        ("POST /accounts/password/reset/key/3-secret/", "POST /accounts/password/reset/key/…/"),
        ("GET /accounts/confirm-email/MQ:1t:x-Y_z/ HTTP", "GET /accounts/confirm-email/…/ HTTP"),
        ("GET /invitations/Nx-secret/ HTTP", "GET /invitations/…/ HTTP"),
        ("GET /videos/new/ HTTP/1.1", "GET /videos/new/ HTTP/1.1"),
        (
            "GET /static/v1.js /accounts/login/ HTTP/1.1",
            "GET /static/v1.js /accounts/login/ HTTP/1.1",
        ),
    ],
)
def test_tokens_are_masked(message, masked):
    assert mask_tokens(message) == masked
    record = logging.LogRecord("x", logging.INFO, "", 1, "%s", (message,), None)
    assert MaskedTokens().filter(record)
    assert record.getMessage() == masked


def test_gunicorn_logs_errors_without_the_token(capfd):
    config = Config()
    config.set("loglevel", "debug")
    log = MaskedLogger(config)
    log.debug("%s %s", "POST", "/callbacks/kie/0a1b:secret/")
    log.error("Error handling request %s", "/callbacks/kie/0a1b:secret/")
    written = capfd.readouterr().err
    assert written.count("/callbacks/kie/…/") == 2
    assert "secret" not in written
