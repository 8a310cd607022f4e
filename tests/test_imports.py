"""The arrows of the design, proved from the imports."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Left may import right, and nothing else of ours. Longest prefix decides.
LAYERS = {
    "videos.urls": 9,
    "videos.middleware": 9,
    "videos.views": 8,
    "videos.admin": 8,
    "videos.api": 8,
    "videos.management": 8,
    "videos.checks": 8,
    "videos.context": 8,
    "videos.accounts": 8,
    "videos.templatetags": 8,
    "videos.demo.setup": 7,
    "videos.forms": 7,
    "videos.readiness": 7,
    "videos.serving": 6,
    "videos.uploads": 6,
    "videos.progress": 6,
    "videos.sharing": 6,
    "videos.playing": 6,
    "videos.search": 6,
    "videos.keyset": 6,
    "videos.lines": 6,
    "videos.byteranges": 5,
    "videos.tasks": 7,
    "videos.upkeep": 6,
    "videos.production": 5,
    "videos.delivery": 5,
    "videos.covers": 4,
    "videos.callbacks": 4,
    "videos.wire": 4,
    "videos.downloads": 4,
    "videos.addresses": 2,
    "videos.hearing": 2,
    "videos.cutoff": 2,
    "videos.logs": 2,
    "videos.workspace": 4,
    "videos.folder": 2,
    "videos.forgiving": 2,
    "videos.postgres": 2,
    "videos.queue": 4,
    "videos.providers": 3,
    "videos.models": 3,
    "videos.demo": 2,
    "videos.statuses": 1,
    "videos.render": 0,
}
APART = (
    {"videos.views", "videos.admin", "videos.api"},
    {"videos.models", "videos.providers"},
)


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


FILES = sorted((ROOT / "videos").rglob("*.py"))
MODULES = {name_of(file): file for file in FILES if file.parent.name != "migrations"}


def part_of(name: str) -> str:
    parts = [part for part in LAYERS if name == part or name.startswith(part + ".")]
    return max(parts, key=len, default="")


def imports_of(module: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module} uses a relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("module", [name for name in MODULES if part_of(name)])
def test_it_imports_only_what_stands_below(module: str) -> None:
    part = part_of(module)
    for imported in imports_of(module):
        assert not imported.startswith("suno_portal"), f"{module} imports the settings package"
        other = part_of(imported)
        if other and other != part:
            assert LAYERS[other] <= LAYERS[part], f"{module} imports {imported}"
            assert not any({part, other} <= group for group in APART), f"{module} ~ {imported}"


@pytest.mark.parametrize("module", [name for name in MODULES if "videos.render" in name])
def test_the_renderer_knows_no_django(module: str) -> None:
    for imported in imports_of(module):
        assert imported.split(".")[0] not in {"django", "celery"}
        assert not imported.startswith("videos.") or imported.startswith("videos.render")


def test_no_module_of_the_app_is_without_a_place() -> None:
    nowhere = [name for name in MODULES if not part_of(name)]
    assert nowhere == ["videos", "videos.apps"]


def test_imports_stand_at_the_top() -> None:
    for module, file in MODULES.items():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
                assert not inner, f"{module}.{node.name} imports inside"
