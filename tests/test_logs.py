"""What is not to be read in a log."""

import logging

import pytest

from videos.logs import MaskedTokens, masked


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("POST /callbacks/kie/0a1b:secret/ HTTP/1.1", "POST /callbacks/kie/…/ HTTP/1.1"),
        ("Bad Request: /callbacks/crun/secret", "Bad Request: /callbacks/crun/…"),
        ("https://p.example/callbacks/kie/secret/?x=1", "https://p.example/callbacks/kie/…/?x=1"),
        ("GET /files/0a1b:secret.mp4 HTTP/1.1", "GET /files/… HTTP/1.1"),
        ("GET /videos/new/ HTTP/1.1", "GET /videos/new/ HTTP/1.1"),
    ],
)
def test_tokens_are_masked(said, hidden):
    assert masked(said) == hidden
    record = logging.LogRecord("x", logging.INFO, "", 1, "%s", (said,), None)
    assert MaskedTokens().filter(record)
    assert record.getMessage() == hidden
