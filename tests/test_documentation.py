"""What the README and ``.env.example`` promise is what the settings read."""

import re
from pathlib import Path

from videos.vendors import VENDORS

ROOT = Path(__file__).resolve().parent.parent
READERS = ("suno_portal/settings.py", "suno_portal/gunicorn.py", "suno_portal/supervisor.py")


def variables_read() -> set[str]:
    code = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in READERS)
    names = re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', code)
    names += re.findall(r'environ\.get\(\s*["\']([A-Z_]+)["\']', code)
    names += re.findall(r'setting\("([A-Z_]+)"', code)
    for facts in VENDORS.values():
        names += facts.variables.values()
    return set(names)


def test_the_example_lists_every_variable():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) == variables_read()


def test_the_readme_lists_every_variable():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", readme, re.MULTILINE)) == variables_read()


def test_the_readme_names_files_that_are_there():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in re.findall(r"\]\((?!http)([^)#]+)\)", readme):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"^\| `([a-z_/.]+)`", readme, re.MULTILINE):
        assert (ROOT / path).exists(), path
