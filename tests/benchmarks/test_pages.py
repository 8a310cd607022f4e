"""Pages with many rows: how many queries each takes, and the benchmark on few of them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from benchmarks.pages import rows, visits
from benchmarks.pages.__main__ import MAX_QUERIES
from benchmarks.pages.addresses import pages

ROOT = Path(__file__).resolve().parents[2]
# What is opened by somebody at the least, whatever else there is
SOME = {"/", "/videos/", "/videos/new/", "/songs/", "/admin/", "/admin/videos/user/?p=2"}


@pytest.mark.django_db
def test_every_page_takes_few_queries_with_two_hundred_rows_of_each_kind(settings):
    for name in dir(django_settings):
        if name.startswith("RATION_"):
            setattr(settings, name, (0, 0, 1))
    rows.fill(400)
    visitors = visits.Visitors()
    opened = {page: visitors.open(page) for page in pages()}
    shown = {page.path for page, visit in opened.items() if visit.is_page}
    assert shown >= SOME
    many = {page: len(visit.queries) for page, visit in opened.items()}
    assert {page: count for page, count in many.items() if count > MAX_QUERIES} == {}


@pytest.mark.nightly
@pytest.mark.processes
def test_it_compares_many_rows_with_few():
    command = [sys.executable, "-m", "benchmarks.pages", "--videos", "600", "--rounds", "1"]
    command += ["--only", "/songs/", "--json"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180)
    assert result.returncode == 0, result.stderr
    table = {row["page"]: row for row in json.loads(result.stdout)}
    assert table["/songs/"]["over"] == ""
    assert table["/songs/"]["queries"] <= MAX_QUERIES
