"""Writes ``.env.example`` and ``docs/settings.md`` from the declared variables.

Run as ``python -m tools.settings_pages`` after a change of ``suno_portal/variables.py``.
"""

from pathlib import Path

from suno_portal.variables import GROUPS, Kind, Variable

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE_INTRODUCTION = """\
# Copy to .env and fill in; an environment variable of the same name wins over this file.
# `make run` needs none of it. docs/settings.md says the same as a table.
"""
PAGE_INTRODUCTION = """\
# Settings

Everything is set by environment variables, or by a file `.env` beside `manage.py`
(`.env.example` is one to start from; a variable of the environment wins over the file).
`make run` needs none of them.

A variable that is empty has its default. One that cannot be understood ends every process and
command with a sentence that names it. `python manage.py check --deploy` finds what does not fit
together, and names in `.env` that are no settings.

`python -m tools.settings_pages` writes this page from `suno_portal/variables.py`, by which the
portal reads the variables.
"""


def env_example() -> str:
    """Return the text of ``.env.example``: a line that explains, and one to fill in, for each."""
    lines = [EXAMPLE_INTRODUCTION.rstrip()]
    for group in GROUPS:
        lines += ["", f"## {group.title}"]
        for variable in group.variables:
            mark = "" if variable.is_needed else "#"
            value = variable.default or variable.example
            lines += [f"# {_description(variable)}", f"{mark}{variable.name}={value}"]
    return "\n".join(lines) + "\n"


def settings_page() -> str:
    """Return the text of ``docs/settings.md``: a table for each group."""
    lines = [PAGE_INTRODUCTION.rstrip()]
    for group in GROUPS:
        lines += ["", f"## {group.title}", "", "| variable | default | what it does |"]
        lines += ["| --- | --- | --- |"]
        lines += [_row(variable) for variable in group.variables]
    return "\n".join(lines) + "\n"


def _row(variable: Variable) -> str:
    default = f"`{variable.default}`" if variable.default else ""
    example = f", such as `{variable.example}`" if variable.example else ""
    return f"| `{variable.name}` | {default} | {_description(variable)}{example} |"


def _description(variable: Variable) -> str:
    if variable.kind is Kind.CHOICE:
        return f"{variable.description}: {', '.join(variable.choices)}"
    return variable.description


if __name__ == "__main__":
    (ROOT / ".env.example").write_text(env_example(), encoding="utf-8")
    (ROOT / "docs" / "settings.md").write_text(settings_page(), encoding="utf-8")
