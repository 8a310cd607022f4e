"""Where a reader looks for the tests of a module, they are; and tests use public names."""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
# The folder of tests and the folder whose modules they are about
PACKAGES = {"suno_portal": "suno_portal", "tools": "tools", "benchmarks": "benchmarks"}

# Modules without a test file of their own, and why
WITHOUT_TESTS = {
    "suno_portal/backends/postgres/base.py": "needs a server: journeys/test_database_outage.py",
    "suno_portal/settings.py": "declarations: test_environment.py and checks/ load it",
    "suno_portal/urls.py": "a table of addresses",
    "suno_portal/wsgi.py": "is only run: journeys start it",
    "videos/api/routes.py": "a table of addresses",
    "videos/api/schemas/crun.py": "declarations: api/test_contract.py compares them",
    "videos/api/schemas/music.py": "declarations: api/test_contract.py compares them",
    "videos/api/schemas/portal.py": "declarations: api/test_contract.py compares them",
    "videos/api/schemas/suno.py": "declarations: api/test_contract.py compares them",
    "videos/apps.py": "is only loaded",
    "videos/models/file_column.py": "a declaration: the columns that use it are tested",
    "videos/backups/postgres.py": "backups/test_restoration.py runs on both databases",
    "videos/backups/sqlite.py": "backups/test_restoration.py runs on both databases",
    "videos/management/commands/restore.py": "test_backup.py restores what it backs up",
    "videos/providers/base.py": "dataclasses and a protocol",
    "videos/providers/errors.py": "a tree of exceptions",
    "videos/render/paint/interfaces.py": "dataclasses and a protocol",
    "videos/render/paint/backdrop/interfaces.py": "named tuples and a protocol",
    "videos/render/paint/looks/card_room.py": "test_stage.py and test_drift.py see the card",
    "videos/render/backdrops/loop_source.py": "test_loop_conversion.py opens what it refuses",
    "videos/render/audio/features.py": "dataclasses: test_analysis.py fills them",
    "videos/render/audio/info.py": "a dataclass: test_properties.py fills it",
    "videos/render/sandbox/backdrop_child.py": "is run by test_backdrop.py",
    "videos/render/sandbox/cover_child.py": "is only run: test_cover.py starts it",
    "videos/render/sandbox/examine_child.py": "is run by test_examine.py",
    "videos/render/sandbox/excerpt_child.py": "is only run: test_excerpt.py starts it",
    "videos/render/sandbox/film_child.py": "is only run: test_film_process.py starts it",
    "videos/render/sandbox/logo_child.py": "is only run: test_logo.py starts it",
    "videos/render/sandbox/probe_child.py": "is run by test_probe.py",
    "videos/render/sandbox/song_tags_child.py": "is only run: test_song_tags.py starts it",
    "videos/render/sandbox/teaser_child.py": "is only run: test_teaser.py starts it",
    "videos/render/sandbox/stills_child.py": "is only run: test_stills.py starts it",
    "videos/urls.py": "a table of addresses",
    "videos/vendors.py": "pure data",
}

# Rooms whose tests go through the whole portal
JOURNEYS = ("journeys", "e2e")

# Other test files that are named after what they are about, not after one module
ABOUT = {
    "audit/test_lighthouse.py": "the limits of `make audit`",
    "api/test_bad_inputs.py": "every operation",
    "api/test_clients.py": "programs of others",
    "api/test_contract.py": "the vendors' documents",
    "api/test_isolation.py": "every operation",
    "api/test_examples.py": "the examples of docs/api.md",
    "api/test_schemathesis.py": "every operation",
    "languages/test_translated_pages.py": "every main page",
    "monitoring/test_dashboard.py": "the files of deploy/",
    "providers/test_parsing.py": "every client: no answer of a vendor breaks it",
    "providers/test_samples.py": "every client: the vendors' samples",
    "providers/test_vendors.py": "every client: dialects and failures",
    "render/audio/test_mutated_sounds.py": "damaged songs, from the upload to the film",
    "render/covers/test_mutated_covers.py": "damaged covers",
    "render/encode/splice/test_looks.py": "every look in bands",
    "render/lyrics/test_no_lost_words.py": "every format of lyrics",
    "render/paint/test_covers_of_every_shape.py": "every look",
    "render/paint/test_flashes.py": "every look",
    "render/paint/test_left_out.py": "every look",
    "render/sandbox/test_hostile_files.py": "damaged songs, covers and lyrics",
    "render/test_playback.py": "films in several players",
    "render/text/test_fuzz.py": "every character",
    "render/text/test_scripts.py": "every script",
    "share/test_unfurlers.py": "link previews, by the rules of each service",
    "views/test_page_weight.py": "the share page with all that it loads",
    "test_access.py": "every address, and everybody",
    "test_chunked_bodies.py": "the server that people run",
    "test_documentation.py": "papers",
    "test_documented_commands.py": "papers",
    "test_documented_tables.py": "papers",
    "test_imports.py": "the arrows between rooms",
    "test_locks.py": "the locked versions",
    "test_pairwise.py": "how cases are chosen",
    "test_platforms.py": "what only Linux has",
    "test_rooms.py": "the tests themselves",
    "test_security.py": "every page",
    "test_templates.py": "every template",
    "test_who_may_watch.py": "every state of a video, every address, everybody",
    "test_words.py": "the words of the design",
}

PUBLIC_WITH_UNDERSCORE = {"_asdict", "_exit", "_fields", "_meta", "_replace"}  # of others


def modules() -> Iterator[str]:
    """Yield the modules that have tests of their own, as paths."""
    for folder in ("videos", "suno_portal"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.name != "__init__.py" and "migrations" not in path.parts:
                yield str(path.relative_to(ROOT))


def own_test_file(module: str) -> Path:
    package, *rest = Path(module).with_suffix("").parts
    *folders, name = rest if package == "videos" else (package, *rest)
    return TESTS.joinpath(*folders, f"test_{name.strip('_')}.py")


def list_files() -> list[Path]:
    return sorted(TESTS.rglob("test_*.py"))


def is_named_after_code(path: Path) -> bool:
    """Return whether there is a module or a package that the file is named after."""
    *folders, name = path.relative_to(TESTS).with_suffix("").parts
    package = [] if folders and folders[0] in PACKAGES else ["videos"]
    base = ROOT.joinpath(*package, *folders)
    name = name.removeprefix("test_")
    candidates = (f"{name}.py", f"__{name}__.py", f"{name}/__init__.py")
    return any((base / each).exists() for each in candidates)


def test_each_module_has_its_test_file_or_a_reason():
    missing = {module for module in modules() if not own_test_file(module).exists()}
    assert missing == set(WITHOUT_TESTS)


def test_each_test_file_is_named_after_a_module_or_has_a_reason():
    names = {str(path.relative_to(TESTS)) for path in list_files() if not is_named_after_code(path)}
    assert {name for name in names if name.split("/")[0] not in JOURNEYS} == set(ABOUT)


def test_each_test_file_has_tests():
    empty = [path.name for path in list_files() if "\ndef test_" not in path.read_text()]
    assert empty == []


def private_names(path: Path) -> Iterator[str]:
    """Yield the private names of others that a file of tests touches, with their lines."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.Attribute) and not is_own(node.value):
            names = [node.attr]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("monkeypatch."):
            texts = (each for each in node.args[:2] if isinstance(each, ast.Constant))
            names = [part for each in texts for part in str(each.value).split(".")]
        else:
            continue
        for name in names:
            if name.startswith("_") and not name.startswith("__"):
                yield f"{node.lineno}: {name}"


def is_own(value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id == "self"


def test_tests_touch_no_private_name():
    private = {
        f"{path.relative_to(TESTS)}:{each}"
        for path in TESTS.rglob("*.py")
        for each in private_names(path)
        if each.split()[-1] not in PUBLIC_WITH_UNDERSCORE
    }
    assert private == set()
