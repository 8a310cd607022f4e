"""Mails about errors."""

import logging

import pytest

from videos.logs import MaskedTokens, request_id
from videos.monitoring.error_mails import ErrorMails


@pytest.fixture
def log(settings):
    settings.ADMINS = [("", "ops@example.com")]
    logger = logging.getLogger("tests.error_mails")
    handler = ErrorMails()
    handler.addFilter(MaskedTokens())
    logger.addHandler(handler)
    yield logger
    logger.removeHandler(handler)


def test_an_error_is_mailed_with_its_stack_and_request(log, mailoutbox):
    token = request_id.set("request-1")
    try:
        password = "hunter2"
        raise ValueError("/v/secret-slug/")
    except ValueError:
        log.exception("It broke at /callbacks/kie/secret/")
        del password
    finally:
        request_id.reset(token)
    (mail,) = mailoutbox
    assert mail.to == ["ops@example.com"]
    assert "ERROR: It broke at /callbacks/kie/…/" in mail.subject
    assert "ValueError: /v/…/" in mail.body
    assert "request-1" in mail.body
    assert "hunter2" not in mail.body.replace('password = "hunter2"', "")


def test_the_same_place_is_mailed_once_an_hour(log, mailoutbox):
    for number in range(3):
        log.error("Video %s broke", number)
    log.error("Another place")
    log.warning("Only a warning")
    assert len(mailoutbox) == 2


def test_a_mail_that_cannot_be_written_breaks_nothing(log, settings, capsys):
    settings.EMAIL_BACKEND = "nowhere.EmailBackend"
    log.error("It broke")
    assert "nowhere" in capsys.readouterr().err
