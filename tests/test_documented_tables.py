"""The tables and drawings of the papers are those of the code."""

import json
import re
from importlib import import_module

import pytest

from suno_portal.variables import VARIABLES
from tests import papers
from tests.test_imports import FLOORS
from videos.api import errors
from videos.pipeline import rations
from videos.render.options import OPTIONS
from videos.vendors import VENDORS

ROOT = papers.ROOT
NO_ROOMS = {"migrations", "templatetags", "locale", "__pycache__"}


def test_the_targets_of_make_are_explained():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert targets
    explained = set(re.findall(r"`make ([\w-]+)`", papers.read("CONTRIBUTING.md")))
    assert set(targets[1].split()) <= explained


def test_the_drawn_arrows_are_those_that_hold():
    (drawing,) = papers.blocks("docs/architecture.md", "text floors")
    drawn = [line.split() for line in drawing.code.splitlines() if "↓" not in line]
    assert drawn == [floor.replace("videos.", "").split() for floor in FLOORS]


@pytest.mark.parametrize("folder", ["videos", "videos/render"])
def test_every_room_is_on_the_map(folder):
    rooms = {path.name for path in (ROOT / folder).iterdir() if path.is_dir()} - NO_ROOMS
    named = papers.code_spans("docs/architecture.md")
    assert {f"{folder}/{room}/" for room in rooms} <= set(named)


def test_the_paper_lists_every_call_of_the_api(client, db):
    document = json.loads(client.get("/api/openapi.json").content)
    calls = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, methods in document["paths"].items()
        for method in methods
    }
    rows = papers.table("docs/api.md", "call")
    listed = {call.strip("`") for cell, _meaning in rows for call in cell.split(", ")}
    assert listed == calls


def test_the_paper_lists_every_code_of_the_api():
    codes = {value for name, value in vars(errors).items() if name.isupper() and type(value) is int}
    listed = {int(code) for code, _meaning in papers.table("docs/api.md", "`code`")}
    assert listed == codes | {200}


def test_the_table_of_vendors_is_that_of_the_code():
    rows = papers.table("docs/vendors.md", "vendor")
    assert len(rows) == len(VENDORS)
    for row, facts in zip(rows, VENDORS.values(), strict=True):
        label, key, days, repeat, words, signs = row
        assert (label, key) == (facts.label, facts.variables["api_key"])
        assert days == f"{facts.retention_days} days"
        assert ("refused" in repeat) == facts.refuses_repeats
        assert (words == "yes") == facts.has_word_times
        callback_key = facts.variables.get("callback_key", "no")
        assert callback_key in signs


def test_the_changelog_has_the_version_of_the_project():
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version
    changelog = papers.read("CHANGELOG.md")
    assert changelog.index("## [Unreleased]") < changelog.index(f"## {version[1]} - ")


def test_the_page_of_the_renderer_names_every_choice():
    rows = dict(papers.table("docs/rendering.md", "option"))
    for option in OPTIONS:
        for value, _label in option.choices:
            cell = rows[f"--{option.name.replace('_', '-')}"]
            assert re.search(rf"(?<!\w){re.escape(str(value))}(?!\w)", cell), value


def test_the_table_of_rations_is_that_of_the_settings():
    rows = {row[-1]: row[1:-1] for row in papers.table("docs/security.md", "costly thing")}
    expected = {}
    for each in rations.ALL:
        name = f"RATION_{each.name.upper()}"
        lanes = "a core" if each.lanes else "0"
        expected[name] = [*VARIABLES[name].default.split(","), lanes]
    assert rows == expected
    assert set(rows) == {name for name in VARIABLES if name.startswith("RATION_")}


@pytest.mark.parametrize(
    ("value", "name"), [row[1:] for row in papers.table("docs/security.md", "limit")]
)
def test_each_limit_has_its_value(value, name):
    if name in VARIABLES:
        limit = float(VARIABLES[name].default)
    else:
        module, _, constant = name.rpartition(".")
        limit = float(getattr(import_module(module), constant))
    assert float(value.split()[0]) == limit


def test_each_line_of_the_threat_model_has_a_test():
    rows = papers.table("docs/security.md", "who")
    assert len(rows) > 20
    for row in rows:
        path = ROOT / row[-1]
        assert "\ndef test_" in path.read_text(encoding="utf-8"), row


CHILDREN = {
    "cover": "cover_child",
    "logo": "logo_child",
    "tags of a song": "song_tags_child",
    "analysis of a song": "probe_child",
    "looping video": "backdrop_child",
    "vendor's film": "examine_child",
    "small pictures": "pictures_child",
    "teaser": "teaser_child",
    "preview": "stills_child",
    "moving preview": "excerpt_child",
    "film": "film_child",
}


def test_the_table_of_child_processes_has_their_limits():
    rows = {row[0]: row for row in papers.table("docs/rendering.md", "child")}
    assert set(rows) == set(CHILDREN)
    for child, module in CHILDREN.items():
        limits = import_module(f"videos.render.sandbox.{module}").LIMITS
        unit = "GB" if limits.memory >= 1024 else "MB"
        amount = limits.memory / 1024 if unit == "GB" else limits.memory
        assert rows[child][2].startswith(f"{amount:g} {unit}")
