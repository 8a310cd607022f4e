"""A mail server that is silent, and real processes: pages answer, and the mails arrive later."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.mail_server import MailServer
from tests.stack import Stack, running_stack, wait_for

pytestmark = pytest.mark.processes
PASSWORD = "violet tractor 41 moons"


def post(stack: Stack, path: str, **fields: str) -> tuple[requests.Response, float]:
    """Open the page at ``path`` and send its form as a new visitor; return also the seconds."""
    session = requests.Session()
    page = session.get(stack.url + path, timeout=20)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token, page.text
    started = time.monotonic()
    response = session.post(
        stack.url + path,
        data={"csrfmiddlewaretoken": token[1], **fields},
        headers={"Referer": stack.url + path},
        timeout=20,
    )
    return response, time.monotonic() - started


def test_pages_answer_while_the_mail_server_is_silent_and_mails_arrive_when_it_recovers(
    tmp_path: Path,
) -> None:
    with (
        MailServer(replies={"GREETING": "silent"}) as server,
        running_stack(
            tmp_path, EMAIL_URL=server.url, MAIL_RETRY_MINUTES="0.05", WEB_THREADS="8"
        ) as stack,
    ):
        response, seconds = post(
            stack, "/accounts/signup/", email="new@example.com", password1=PASSWORD
        )
        assert response.ok
        assert seconds < 9  # less than the time-out of one request to the mail server
        with ThreadPoolExecutor(8) as visitors:
            paths = ["/accounts/password/reset/"] * 8
            emails = ["demo@example.com", "admin@example.com"] * 4
            results = list(
                visitors.map(lambda path, email: post(stack, path, email=email), paths, emails)
            )
        assert all(response.ok for response, _ in results)
        assert max(seconds for _, seconds in results) < 5
        wait_for(lambda: server.connections, 10, "No worker has called the mail server")
        assert requests.get(stack.url, timeout=5).ok
        server.recover()
        expected = {"new@example.com", *emails}
        wait_for(lambda: len(server.recipients) >= 9, 40, lambda: stack.logs())
        assert set(server.recipients) == expected
