"""A program in a real browser, on a page of another site, calls the API."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests import media_files
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.processes]

# Calls the API, and returns its JSON with the headers that the page can see
CALL = """async ({url, options, file}) => {
  if (file) {
    const form = new FormData()
    form.append("title", "From a browser")
    form.append("audio", new Blob([new Uint8Array(file)]), "song.wav")
    options.body = form
  }
  const response = await fetch(url, options)
  return {json: await response.json(), retryAfter: response.headers.get("Retry-After")}
}"""


class EmptyPage(BaseHTTPRequestHandler):
    """A page of another site."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Another site</title>")

    def log_message(self, *args: object) -> None:
        """Log nothing."""


@pytest.fixture
def other_site(browser: Browser) -> Iterator[Page]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), EmptyPage)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    yield page
    context.close()
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def key(stack: Stack) -> str:
    return stack.manage("create_api_key", stack.account).splitlines()[-1]


def call(page: Page, url: str, file: bytes = b"", **options: object) -> dict[str, Any]:
    arguments = {"url": url, "options": options, "file": list(file)}
    return page.evaluate(CALL, arguments | ({} if file else {"file": None}))


def test_a_program_in_a_browser_uploads_orders_and_asks(stack, other_site, key):
    api = f"{stack.url}/api/v1"
    bearer = {"Authorization": f"Bearer {key}"}
    song = call(
        other_site, f"{api}/songs", media_files.wav(), method="POST",
        headers=bearer | {"Idempotency-Key": "song-1"},
    )["json"]  # fmt: skip
    assert song["code"] == 200
    order = other_site.evaluate(
        "JSON.stringify", song["data"] | {"callBackUrl": "https://x.example"}
    )
    headers = {"Content-Type": "application/json", "Idempotency-Key": "one"}
    orders = [
        call(other_site, f"{api}/mp4/generate", method="POST", body=order, headers=bearer | headers)
        for _ in range(2)
    ]
    assert orders[0]["json"]["code"] == 200
    assert orders[1] == orders[0]
    info = f"{api}/mp4/record-info?taskId={orders[0]['json']['data']['taskId']}"
    answers = [call(other_site, info, headers=bearer) for _ in range(6)]
    assert answers[0]["json"]["data"]["successFlag"] in {"PENDING", "SUCCESS"}
    throttled = [answer for answer in answers if answer["json"]["code"] == 429]
    assert all(answer["retryAfter"] for answer in throttled)


def test_errors_can_be_read_and_the_other_family_s_key_header_serves(stack, other_site, key):
    api = f"{stack.url}/api/v1"
    assert call(other_site, f"{api}/chat/credit")["json"]["code"] == 401
    assert call(other_site, f"{api}/nothing", headers={"x-api-key": key})["json"]["code"] == 404
    balance = call(other_site, f"{api}/client/account/balance", headers={"X-API-KEY": key})["json"]
    assert balance["data"]["balance"] > 0
    gone = call(other_site, f"{api}/videos/x", method="DELETE", headers={"x-api-key": key})["json"]
    assert gone["code"] == 404


def test_a_page_of_another_site_reads_no_page_of_ours(stack, other_site):
    for path in ("/", "/accounts/login/", "/api/docs", "/healthz"):
        result = other_site.evaluate(
            "url => fetch(url).then(() => 'read', error => error.name)", stack.url + path
        )
        assert result == "TypeError"
    result = other_site.evaluate(
        "url => fetch(url, {credentials: 'include'}).then(() => 'read', error => error.name)",
        f"{stack.url}/api/v1/chat/credit",
    )
    assert result == "TypeError"  # cookies are never part of it
