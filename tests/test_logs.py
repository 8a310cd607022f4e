"""Tokens are masked in logs."""

import json
import logging
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.utils.log import log_response
from gunicorn.config import Config

from suno_portal.gunicorn import MaskedLogger
from videos.logs import JsonLines, MaskedTokens, mask_tokens, request_id


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


def test_who_is_refused_again_and_again_fills_no_log(rf, caplog):
    for status in (404, 429):
        response = HttpResponse(status=status)
        log_response("Refused: %s", status, response=response, request=rf.get("/"))
    assert [record.getMessage() for record in caplog.records] == ["Refused: 404"]


def test_a_line_of_json_has_what_there_is_to_tell():
    try:
        raise ValueError("at /v/secret/")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "%s", ("/v/secret/",), sys.exc_info())
    record.facts = {"event": "failed", "video_id": "7"}
    token = request_id.set("request-1")
    line = JsonLines().format(record)
    request_id.reset(token)
    assert "\n" not in line
    fields = json.loads(line)
    assert fields["time"].endswith("+00:00")
    assert (fields["level"], fields["logger"], fields["message"]) == ("ERROR", "x", "/v/…/")
    assert (fields["event"], fields["video_id"]) == ("failed", "7")
    assert fields["request_id"] == "request-1"
    assert "ValueError: at /v/…/" in fields["exception"]


def test_gunicorn_writes_json_where_the_settings_say_so(monkeypatch, capfd):
    monkeypatch.setattr("suno_portal.gunicorn.is_json", True)
    config = Config()
    config.set("accesslog", "-")
    log = MaskedLogger(config)
    log.error("Error handling request %s", "/callbacks/kie/0a1b:secret/")
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": "/v/secret/",
        "PATH_INFO": "/v/secret/",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_USER_AGENT": 'a "quoted" one',
        "portal.request_id": "request-1",
    }
    response = SimpleNamespace(status="200 OK", sent=7, headers=[])
    log.access(response, SimpleNamespace(headers=[]), environ, timedelta(milliseconds=250))
    written = capfd.readouterr()
    assert json.loads(written.err)["message"].endswith("/callbacks/kie/…/")
    line = json.loads(written.out)
    assert (line["method"], line["path"], line["status"]) == ("GET", "/v/…/", "200")
    assert (line["seconds"], line["request_id"]) == (0.25, "request-1")
