"""The arrows of the design, proved from the imports: one line for each floor of rooms."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A room imports rooms of its own floor and below, and nothing above; the longest name decides.
FLOORS = (
    "videos.urls videos.middleware videos.apps",
    "videos.views videos.api videos.admin videos.management",
    "videos.templatetags videos.site videos.checks videos.demo.setup",
    "videos.forms videos.share videos.tasks videos.readiness videos.monitoring "
    "videos.housekeeping videos.backups",
    "videos.pipeline videos.webhooks videos.callbacks videos.mail videos.accounts",
    "videos.media videos.payloads videos.lyrics videos.queue videos.search videos.keyset "
    "videos.languages",
    "videos.outbound videos.providers videos.models",
    "videos.statuses videos.vendors videos.logs videos.clock videos.demo",
    "videos.render",
)
HEIGHT = {room: -number for number, floor in enumerate(FLOORS) for room in floor.split()}
# Rooms of one floor that know nothing of each other
APART = (
    {"videos.views", "videos.api", "videos.admin", "videos.management"},
    {"videos.models", "videos.providers"},
    {"videos.models", "videos.outbound"},
)
# Programs that talk to other hosts. Only one room may; docs/architecture.md lists what goes past it
NETWORK_CLIENTS = {
    *("requests", "urllib3", "http.client", "urllib.request", "httpx", "aiohttp"),
    *("smtplib", "ftplib", "socket.create_connection"),
}
MAX_LOOSE = 15  # modules in videos/, and files in videos/render/ beside its rooms
MAX_LOOSE_IN_RENDER = 9


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


FILES = [*(ROOT / "videos").rglob("*.py"), *(ROOT / "suno_portal").rglob("*.py")]
MODULES = {name_of(file): file for file in sorted(FILES) if file.parent.name != "migrations"}
OURS = [name for name in MODULES if name.startswith("videos.")]


def room_of(name: str) -> str:
    rooms = [room for room in HEIGHT if name == room or name.startswith(room + ".")]
    return max(rooms, key=len, default="")


@cache
def imports_of(module: str) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module} uses a relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def modules_imported_by(module: str) -> set[str]:
    names = imports_of(module)
    modules = {name if name in MODULES else name.rpartition(".")[0] for name in names}
    return modules & set(MODULES)


def test_every_module_imports_only_what_stands_below() -> None:
    for module in OURS:
        room = room_of(module)
        assert room, f"{module} is in no room"
        for imported in imports_of(module):
            assert not imported.startswith("suno_portal"), f"{module} imports the settings package"
            other = room_of(imported)
            if other and other != room:
                assert HEIGHT[other] <= HEIGHT[room], f"{module} imports {imported}"
                assert not any({room, other} <= group for group in APART), f"{module} ~ {imported}"


def test_only_one_room_talks_to_other_hosts() -> None:
    users = {
        module
        for module in MODULES
        for imported in imports_of(module)
        if any(imported == each or imported.startswith(f"{each}.") for each in NETWORK_CLIENTS)
    }
    assert users == {"videos.outbound.client", "videos.outbound.smtp"}


def test_no_module_imports_itself_by_a_detour() -> None:
    arrows = {module: modules_imported_by(module) for module in MODULES}
    ended: set[str] = set()

    def follow(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, f"a circle: {' → '.join((*way, module))}"
        if module not in ended:
            for other in sorted(arrows[module]):
                follow(other, (*way, module))
            ended.add(module)

    for module in arrows:
        follow(module, ())


def test_the_renderer_knows_no_django() -> None:
    for module in [name for name in OURS if room_of(name) == "videos.render"]:
        for imported in imports_of(module):
            assert imported.split(".")[0] not in {"django", "celery"}, f"{module} has {imported}"
            is_ours = imported.startswith("videos.")
            assert not is_ours or imported.startswith("videos.render"), f"{module} has {imported}"


@pytest.mark.parametrize(
    ("folder", "most"), [("videos", MAX_LOOSE), ("videos/render", MAX_LOOSE_IN_RENDER)]
)
def test_few_modules_lie_loose(folder: str, most: int) -> None:
    assert len(list((ROOT / folder).glob("*.py"))) <= most


def test_imports_stand_at_the_top() -> None:
    for module, file in MODULES.items():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
                assert not inner, f"{module}.{node.name} imports inside"


def modules_loaded_with(names: set[str]) -> set[str]:
    """Return the modules that the import of ``names`` loads, with their packages."""
    loaded: set[str] = set()
    names = {*names}
    while names:
        name = names.pop()
        if name not in loaded:
            loaded.add(name)
            parts = name.split(".")
            packages = {".".join(parts[:length]) for length in range(1, len(parts))}
            names |= (modules_imported_by(name) | packages) & set(MODULES)
    return loaded


def test_only_child_processes_load_what_opens_sounds_tags_and_films() -> None:
    portal = {name for name in MODULES if room_of(name) != "videos.render"}
    loaded = modules_loaded_with(portal)
    assert "videos.render.sandbox.probe" in loaded
    assert "av" in {name.split(".")[0] for name in imports_of("videos.render.audio.opening")}
    for module in loaded:
        libraries = {name.split(".")[0] for name in imports_of(module)}
        assert not libraries & {"av", "mutagen"}, f"{module} imports {libraries}"


def test_only_child_processes_open_pictures() -> None:
    portal = {name for name in MODULES if room_of(name) != "videos.render"}
    for module in portal:
        libraries = {name.split(".")[0] for name in imports_of(module)}
        assert not libraries & {"PIL", "cv2", "imageio"}, f"{module} imports {libraries}"
    for module in modules_loaded_with(portal):
        assert "Image.open(" not in MODULES[module].read_text(encoding="utf-8"), module


def test_each_child_process_shuts_itself_in() -> None:
    children = [name for name in MODULES if name.endswith("_child")]
    assert len(children) == 11
    for module in children:
        assert "videos.render.sandbox.confinement.confine" in imports_of(module), module


def test_the_processes_of_the_portal_load_no_decoder(tmp_path: Path) -> None:
    code = (
        "import sys, suno_portal.wsgi, suno_portal.urls, suno_portal.worker, videos.tasks; "
        "print(*{'av', 'mutagen'} & {*sys.modules})"
    )
    environment = {
        "DJANGO_SETTINGS_MODULE": "suno_portal.settings",
        "DEBUG": "true",
        "DATA_DIR": str(tmp_path),
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, timeout=60
    )
    assert (done.returncode, done.stdout.strip()) == (0, b""), done.stderr
