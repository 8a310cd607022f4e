"""Counts and times of requests."""

import os
import re
import subprocess
import sys

import pytest
import requests as http

from tests.web_server import web_server
from videos.monitoring import requests


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/accounts/login/", "account_login"),
        ("/v/AAAAAAAAAAAAAAAAAAAAAA/", "videos:share"),
        ("/healthz", "healthz"),
        ("/nothing/here", "unknown"),
    ],
)
def test_a_request_is_counted_by_the_name_of_its_address(client, db, path, route):
    client.get(path)
    text = requests.exposition().decode()
    assert f'suno_portal_http_request_seconds_count{{route="{route}"}}' in text
    assert "AAAA" not in text


def test_an_operation_of_the_api_has_a_name(client, db):
    client.get("/api/v1/mp4/record-info?taskId=1")
    text = requests.exposition().decode()
    assert re.search(r'_responses_total\{method="GET",route="api[^"]*",status="200"\} 1', text)


def test_a_method_that_nobody_knows_makes_no_metric_of_its_own(client, db):
    client.generic("BREW", "/accounts/login/")
    text = requests.exposition().decode()
    assert 'method="other"' in text
    assert "BREW" not in text


@pytest.mark.django_db(transaction=True)
def test_two_processes_count_together(tmp_path, settings):
    token = {"Authorization": "Bearer t0ken"}
    environment = {"WEB_PROCESSES": "2", "METRICS_TOKEN": "t0ken"}
    with web_server(tmp_path, settings, **environment) as address:
        before = _count(http.get(f"{address}/metrics", headers=token, timeout=5).text)
        for _ in range(20):  # each on a connection of its own: either process may take it
            http.get(f"{address}/api/v1/nothing", timeout=5)
        after = {
            _count(http.get(f"{address}/metrics", headers=token, timeout=5).text) for _ in range(6)
        }
    assert before == 0
    assert after == {20}


def test_a_start_forgets_the_old_counts_and_touches_nothing_else(tmp_path):
    for name in ("counter_1.db", "films.tar"):
        (tmp_path / name).touch()
    variables = {"DATA_DIR": str(tmp_path), "SECRET_KEY": "s" * 60, "DEBUG": "true"}
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", "import suno_portal.wsgi"],
        env={**os.environ, **variables, requests.FOLDER_VARIABLE: str(tmp_path)}, check=True,
    )  # fmt: skip
    assert not (tmp_path / "counter_1.db").exists()
    assert (tmp_path / "films.tar").exists()


def _count(text):
    match = re.search(r'seconds_count\{route="unknown"\} (\d+)', text)
    return int(match[1]) if match else 0
