"""What the papers and ``.env.example`` promise is there: settings, links, paths, names."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands

from suno_portal.variables import VARIABLES
from tests import papers
from tools.settings_pages import env_example, settings_page
from videos.vendors import VENDORS

ROOT = papers.ROOT
MAX_README_BYTES = 8192
READERS = ("suno_portal/settings.py", "suno_portal/gunicorn.py", "suno_portal/supervisor.py")
# What looks like a path of the project and is none
NO_PATHS = {"DATA_DIR/media", "var/", "var/secret_key", "var/sbom.json"}
SKIPPED = {".git", ".venv", "var", "node_modules"}
LANGUAGES = {"", "sh", "ini", "json", "nginx", "python", "text", "text floors"}


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


@cache
def files_of_the_project() -> set[str]:
    """Return the names of all files, without their folders."""
    tops = [path for path in ROOT.iterdir() if path.name not in SKIPPED]
    return {path.name for top in tops for path in (top, *top.rglob("*"))}


@cache
def words_of_the_code() -> set[str]:
    """Return every word of the portal's code and every variable."""
    sources = [*(ROOT / "videos").rglob("*.py"), *(ROOT / "suno_portal").rglob("*.py")]
    texts = (source.read_text(encoding="utf-8") for source in sources)
    return set(VARIABLES).union(*(re.findall(r"\w+", text) for text in texts))


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
    for span in papers.code_spans(paper):
        name = re.match(r"[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+(?=$|=)", span)
        assert name is None or name[0] in words_of_the_code(), span


@pytest.mark.parametrize("paper", papers.PAPERS)
def test_blocks_say_their_language(paper):
    assert {block.language for block in papers.blocks(paper)} <= LANGUAGES


@pytest.mark.parametrize("paper", papers.PAPERS)
def test_commands_use_the_python_of_the_project(paper):
    for command in papers.commands(paper):
        assert not re.match(r"(python|pip|pytest) ", command), command


@pytest.mark.parametrize("paper", sorted(set(papers.PAPERS) - {"CONTRIBUTING.md"}))
def test_the_targets_of_make_that_are_named_exist(paper):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake ([a-z-]+)\b", code_of(paper)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_pictures_of_the_papers_are_light_enough_to_load():
    for path in Path(ROOT / "docs").glob("*.*g"):
        assert path.stat().st_size < 1_000_000, path
