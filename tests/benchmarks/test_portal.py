"""The benchmark of the pages that are opened most, on few of them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.nightly
@pytest.mark.processes
def test_it_measures_pages_beside_bare_views():
    command = [sys.executable, "-m", "benchmarks.portal", "--watchers", "8", "--rounds", "1"]
    command += ["--seconds", "0.5", "--json"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180)
    assert result.returncode == 0, result.stderr
    report = json.loads(result.stdout)
    pages = {page["page"]: page for page in report["pages"]}
    assert set(pages) == {
        *("poll, nothing changed", "poll, changed", "record-info"),
        *("share page, visitor", "share page, logged in", "share page, made anew"),
        "range of 1 MB by X-Accel, beside nginx alone",
    }
    # The rate of requests of one key is limited: 429 may be among the answers of record-info
    assert [page["no success"] for name, page in pages.items() if name != "record-info"] == [0] * 6
    assert all(page["ratio"] > 0 and page["CPU ms"] > 0 for page in pages.values())
    assert report["watchers"]["no success"] == 0
