"""Templates: lines that a reader sees without scrolling."""

from pathlib import Path

from django.conf import settings

MAX_COLUMNS = 120
TEMPLATES = Path(settings.BASE_DIR, "templates")


def test_no_line_of_a_template_is_longer_than_120_columns() -> None:
    long_lines = [
        f"{file.relative_to(TEMPLATES)}:{number}"
        for file in sorted(TEMPLATES.rglob("*.html"))
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1)
        if len(line) > MAX_COLUMNS
    ]
    assert long_lines == []
