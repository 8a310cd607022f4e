"""What the README and ``.env.example`` promise is what the settings read."""

import re
from pathlib import Path

import pytest

from suno_portal.variables import VARIABLES
from tools.settings_pages import env_example, settings_page
from videos.vendors import VENDORS

ROOT = Path(__file__).resolve().parent.parent
READERS = ("suno_portal/settings.py", "suno_portal/gunicorn.py", "suno_portal/supervisor.py")


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


def test_the_readme_names_files_that_are_there():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in re.findall(r"\]\((?!http)([^)#]+)\)", readme):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"^\| `([a-z_/.]+)`", readme, re.MULTILINE):
        assert (ROOT / path).exists(), path
