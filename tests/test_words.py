"""The words of the design: standard terms are names, private ones are not."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("videos", "suno_portal", "tests", "benchmarks", "tools")
WORDS = {
    *("asked", "said", "told", "given", "found", "wanted", "mine", "known", "kept", "heard"),
    *("patience", "crew", "darkroom", "door", "nudge", "put_off", "hear", "manner", "passing"),
    *("forgiving", "cutoff"),
}
CONSTANT = re.compile(r"_*(MOST|LONGEST|LARGEST|FEWEST|SHORTEST|PATIENCE|PAUSES)(_|$)")
FILES = [
    file
    for folder in FOLDERS
    for file in sorted((ROOT / folder).rglob("*.py"))
    if file.parent.name != "migrations"
]


def names_in(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Give each name that the code defines, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node.lineno


def test_no_private_word_is_a_name() -> None:
    private = [
        f"{file.relative_to(ROOT)}: {name} (line {line})"
        for file in FILES
        for name, line in names_in(ast.parse(file.read_text(encoding="utf-8")))
        if name.strip("_").lower() in WORDS or CONSTANT.match(name)
    ]
    assert not private


def test_no_module_is_called_by_a_private_word() -> None:
    modules = {file.stem for file in FILES}
    assert not modules & WORDS
