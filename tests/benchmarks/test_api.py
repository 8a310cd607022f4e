"""The benchmark of the API, on few tasks; test_documented_commands.py types it, too."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.nightly
@pytest.mark.processes
def test_it_measures_the_portal_beside_a_bare_view():
    command = [sys.executable, "-m", "benchmarks.api", "--tasks", "8", "--seconds", "1", "--json"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr
    rows = json.loads(result.stdout)
    assert [row["server"] for row in rows] == ["record-info"] * 2 + ["bare view"] * 2
    assert rows[0]["answers"] == 4
    assert [row["no success"] for row in rows[2:]] == [0, 0]
    assert all(row["answers a second"] > 0 and row["p99 ms"] >= row["p50 ms"] for row in rows)
