"""What the papers and ``.env.example`` promise is there: settings, links, paths, names, tables."""

import json
import re
from itertools import chain
from pathlib import Path

import pytest
from django.core.management import get_commands

from suno_portal.variables import VARIABLES
from tests import papers
from tests.test_imports import FLOORS
from tools.settings_pages import env_example, settings_page
from videos.api import errors
from videos.vendors import VENDORS

ROOT = papers.ROOT
MAX_README_BYTES = 8192
READERS = ("suno_portal/settings.py", "suno_portal/gunicorn.py", "suno_portal/supervisor.py")
# What looks like a path of the project and is none
NO_PATHS = {"DATA_DIR/media", "var/", "var/secret_key"}
SKIPPED = {".git", ".venv", "var", "__pycache__"}
LANGUAGES = {"", "sh", "ini", "json", "nginx", "python", "text", "text floors"}
NO_ROOMS = {"migrations", "templatetags", "__pycache__"}


def variables_read() -> set[str]:
    """Return the variables that the code reads by name, and those of the vendors."""
    code = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in READERS)
    names = re.findall(r"""_?env\.\w+\(\s*["']([A-Z0-9_]+)["']""", code)
    names += re.findall(r'setting\("([A-Z_]+)"', code)
    for facts in VENDORS.values():
        names += facts.variables.values()
    return set(names)


def test_every_declared_variable_is_read_and_every_other_is_not():
    assert set(VARIABLES) == variables_read()


@pytest.mark.parametrize(
    ("name", "text"),
    [(".env.example", env_example()), ("docs/settings.md", settings_page())],
    ids=["example", "page"],
)
def test_what_is_written_of_the_variables_is_what_is_declared(name, text):
    written = (ROOT / name).read_text(encoding="utf-8")
    assert written == text, "Run python -m tools.settings_pages"


def test_the_readme_is_short():
    assert len(papers.read("README.md").encode()) <= MAX_README_BYTES


def test_the_readme_leads_to_every_paper():
    assert set(papers.PAPERS) - {"README.md"} <= set(papers.links("README.md"))


@pytest.mark.parametrize("paper", papers.PAPERS)
def test_links_lead_somewhere(paper):
    for link in papers.links(paper):
        if link.startswith(("https://", "http://")):
            continue
        name, _, anchor = link.partition("#")
        target = (ROOT / paper).parent / name if name else ROOT / paper
        assert target.exists(), link
        if anchor:
            assert anchor in papers.anchors(str(target.resolve().relative_to(ROOT))), link


def files_of_the_project() -> set[str]:
    """Return the names of all files, without their folders."""
    paths = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
    return {path.name for path in paths if not SKIPPED & set(path.parts)}


def paths_in(paper: str) -> set[str]:
    """Return what stands in code-quotes and looks like a path: folders, or a file's name."""
    spans = papers.code_spans(paper)
    path = re.compile(r"\.?[\w-]+(?:/[\w.-]*)+|[\w.-]+\.(?:py|md|txt|toml|html|css|js|yml|yaml|in)")
    return {span for span in spans if path.fullmatch(span)} - NO_PATHS


@pytest.mark.parametrize("paper", papers.PAPERS)
def test_paths_in_code_quotes_exist(paper):
    for path in paths_in(paper):
        exists = (ROOT / path).exists() if "/" in path else path in files_of_the_project()
        assert exists, path


def code_of(paper: str) -> str:
    """Return all that a paper has in code-quotes and in blocks of commands."""
    return "\n".join([*papers.code_spans(paper), *papers.commands(paper)])


@pytest.mark.parametrize("paper", papers.PAPERS)
def test_modules_and_commands_that_are_named_exist(paper):
    code = code_of(paper)
    for module in re.findall(r"python3? -m ((?:videos|tools|benchmarks)[\w.]*)", code):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module
    for name in re.findall(r"manage\.py (\w+)", code):
        assert name == "help" or name in get_commands(), name


@pytest.mark.parametrize("paper", papers.PAPERS)
def test_settings_that_are_named_exist(paper):
    for block in papers.blocks(paper, "ini"):
        for name in re.findall(r"^#?([A-Z_0-9]+)=", block.code, re.MULTILINE):
            assert name in VARIABLES, name
    sources = [*(ROOT / "videos").rglob("*.py"), *(ROOT / "suno_portal").rglob("*.py")]
    words = set(chain.from_iterable(re.findall(r"\w+", each.read_text()) for each in sources))
    for span in papers.code_spans(paper):
        name = re.match(r"[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+(?=$|=)", span)
        assert name is None or name[0] in words | set(VARIABLES), span


@pytest.mark.parametrize("paper", papers.PAPERS)
def test_blocks_say_their_language(paper):
    assert {block.language for block in papers.blocks(paper)} <= LANGUAGES


@pytest.mark.parametrize("paper", papers.PAPERS)
def test_commands_use_the_python_of_the_project(paper):
    for command in papers.commands(paper):
        assert not re.match(r"(python|pip|pytest) ", command), command


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


def test_pictures_of_the_papers_are_light_enough_to_load():
    for path in Path(ROOT / "docs").glob("*.*g"):
        assert path.stat().st_size < 1_000_000, path
