"""Types every command of the papers, as it is printed, on a machine that ran ``make run`` once."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import papers
from tests.receiver import Receiver
from tests.render.samples import music, write_song
from tests.stack import free_port, is_http_up, wait_for
from tests.standin import StandIn
from tests.terminal import Terminal, copy_project, running
from videos import demo

pytestmark = pytest.mark.processes

OPERATIONS = "docs/operations.md"
DEMO_SONG = "videos/demo/lanterns.mp3"
# Commands that keep running: they are typed once, in a terminal of their own
SERVERS = ("make run", 'PATH="$PWD/.venv/bin:$PATH" .venv/bin/honcho')
# Commands that are not typed here, and why
NOT_TYPED = {
    "make test": "it runs these tests",
    "python3 -m venv .venv": "it needs a package index",
    "python3 -m venv /tmp/rivals": "it needs a package index",
    ".venv/bin/python manage.py createsuperuser": "it asks a person for a password",
    ".venv/bin/python -m benchmarks.render --rivals": "it needs the rivals, and half an hour",
}
TOO_LONG = ".venv/bin/python -m benchmarks.render"  # as it stands; its shorter form is typed
# What the reader puts in the place of "…": a field of the answer before
PLACEHOLDERS = {"TASK": "taskId", "AUDIO": "audioId", "VIDEO": "taskId", "FILM": "videoUrl"}


class Portal(NamedTuple):
    """A portal that was started as the papers say, and those who talk to it."""

    folder: Path
    port: int
    vendor: StandIn
    receiver: Receiver
    outputs: dict[str, str]  # of the commands that were typed

    def adapt(self, command: str) -> str:
        """Return a command with the addresses of this test in the place of the printed ones."""
        command = command.replace("127.0.0.1:8000", f"127.0.0.1:{self.port}")
        return command.replace("https://example.com/done", self.receiver.url)


def is_typed(command: str) -> bool:
    return command != TOO_LONG and not command.startswith((*SERVERS, *NOT_TYPED))


def server_of(paper: str) -> str:
    """Return the command of a paper that starts the portal."""
    return next(each for each in papers.commands(paper) if each.startswith(SERVERS))


def field_of(answer: object, name: str) -> str:
    """Return the field ``name``, wherever it is in an answer."""
    match = re.search(rf'"{name}": "([^"]+)"', json.dumps(answer))
    assert match, f"{name} is not in {answer}"
    return match[1]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with ExitStack() as stack:
        vendor, receiver = stack.enter_context(StandIn("kie")), stack.enter_context(Receiver())
        vendor.finishes_at_once = True
        folder = copy_project(tmp_path_factory.mktemp("reader") / "portal")
        # All songs sound alike to a command, and this one takes seconds instead of a minute
        write_song(folder / DEMO_SONG, music(5))
        variables = vendor.environment | {"ALLOWED_PRIVATE_HOSTS": f"{vendor.host},{receiver.host}"}
        lines = [f"{name}={value}\n" for name, value in variables.items()]
        (folder / ".env").write_text("".join(lines))
        port = free_port()
        log = stack.enter_context(running(server_of("README.md"), folder, PORT=str(port)))
        wait_for(lambda: is_http_up(f"http://127.0.0.1:{port}/healthz"), 120, log.read_text)
        yield Portal(folder, port, vendor, receiver, {})


def type_all(paper: str, portal: Portal) -> dict[str, str]:
    """Type the commands of a paper in one terminal, and return what each prints.

    A command that another paper has, too, is typed once.
    """
    printed: dict[str, str] = {}
    answer: object = None
    with Terminal(portal.folder) as terminal:
        for command in filter(is_typed, papers.commands(paper)):
            for name in re.findall(r"\b([A-Z]+)=…", command):
                value = field_of(answer, PLACEHOLDERS[name])
                command = command.replace(f"{name}=…", f"{name}={value}")
            if command not in portal.outputs:
                portal.outputs[command] = type_once(command, portal, terminal)
            printed[command] = portal.outputs[command]
            answer = json_of(printed[command]) or answer
    return printed


def type_once(command: str, portal: Portal, terminal: Terminal) -> str:
    """Type a command; while it answers that a film is not ready, type it again as a reader does."""
    output = terminal.type(portal.adapt(command))
    while '"successFlag": "PENDING"' in output:
        terminal.type("sleep 1")
        output = terminal.type(portal.adapt(command))
    return output


def json_of(output: str) -> dict[str, object]:
    """Return the JSON in the last line of an output, {} where there is none."""
    last = output.rpartition("\n")[2]
    return json.loads(last) if last.startswith("{") else {}


def outputs_of(printed: dict[str, str], part: str) -> list[str]:
    """Return what was printed by the commands that contain ``part``."""
    return [output for command, output in printed.items() if part in command]


def test_what_is_not_typed_is_still_printed():
    every = [command for paper in papers.PAPERS for command in papers.commands(paper)]
    for start in (*NOT_TYPED, *SERVERS, TOO_LONG):
        assert any(command.startswith(start) for command in every), start


def test_the_readme_makes_a_film(portal):
    type_all("README.md", portal)
    assert (portal.folder / "film.mp4").read_bytes()[4:8] == b"ftyp"
    assert (portal.folder / "film.poster.jpg").exists()


@pytest.mark.nightly
def test_the_page_of_the_renderer_names_every_option(portal):
    printed = type_all("docs/rendering.md", portal)
    (help_text,) = outputs_of(printed, "videos.render --help")
    names = set(re.findall(r"--([a-z-]+)", help_text)) - {"help", "output"}
    named = " ".join(papers.code_spans("docs/rendering.md"))
    missing = {name for name in names if f"--{name}" not in named}
    assert missing <= {"tags", "section-tags"}, "they are on already"
    (figures,) = outputs_of(printed, "benchmarks.render --seconds")
    assert "| ours, glow |" in figures


def test_a_script_orders_a_vendor_s_film(portal):
    (command,) = papers.commands("docs/vendors.md")
    task_id, audio_id = re.findall(r"--(?:task|audio)-id (\S+)", command)
    portal.vendor.add_song(task_id=task_id, audio_ids=[audio_id])
    (output,) = type_all("docs/vendors.md", portal).values()
    outcome = json_of(output)
    assert (outcome["successFlag"], outcome["isCopied"]) == ("SUCCESS", True)


@pytest.mark.nightly
def test_a_program_gets_its_film_and_its_webhook(portal):
    printed = type_all("docs/api.md", portal)
    (order,) = outputs_of(printed, "/mp4/generate")
    (record,) = outputs_of(printed, "/mp4/record-info")
    (listed,) = outputs_of(printed, "/videos?limit")
    (deleted,) = outputs_of(printed, "-X DELETE")
    task_id = field_of(json_of(order), "taskId")
    assert field_of(json_of(record), "successFlag") == "SUCCESS"
    (figures,) = outputs_of(printed, "benchmarks.api")
    assert [figures.count(server) for server in ("record-info", "bare view")] == [2, 2]
    assert task_id in listed
    assert json_of(deleted)["code"] == 200
    assert (portal.folder / "film.mp4").read_bytes()[4:8] == b"ftyp"
    assert [call.json["data"]["task_id"] for call in portal.receiver.calls] == [task_id]


@pytest.mark.nightly
def test_the_commands_for_changes_change_nothing_that_is_committed(portal):
    shutil.copy(demo.AUDIO, portal.folder / DEMO_SONG)  # they draw a moment of its chorus
    type_all("CONTRIBUTING.md", portal)
    for name in (".env.example", "docs/settings.md"):
        assert (portal.folder / name).read_text() == papers.read(name)


@pytest.mark.parametrize(
    "paper", sorted(set(papers.PAPERS) - {"README.md", "CONTRIBUTING.md", OPERATIONS})
)
def test_no_other_paper_has_commands(paper):
    typed_above = {"docs/rendering.md", "docs/vendors.md", "docs/api.md"}
    assert paper in typed_above or not papers.commands(paper)


@pytest.mark.nightly
def test_the_recipe_for_a_server_starts_one(portal, tmp_path):
    folder = copy_project(tmp_path / "server")
    port = free_port()
    every = [each.replace(":8000", f":{port}") for each in papers.commands(OPERATIONS)]
    server = next(each for each in every if each.startswith(SERVERS))
    before, after = every[: every.index(server)], every[every.index(server) + 1 :]
    with Terminal(folder) as terminal:
        for command in filter(is_typed, before):
            output = terminal.type(command)
            if "secrets" in command:  # the reader puts it into .env
                settings = folder / ".env"
                text = settings.read_text(encoding="utf-8")
                settings.write_text(text.replace("SECRET_KEY=\n", f"SECRET_KEY={output}\n"))
            if "check" in command:  # a new site sends no mail, and its staff have no second factor
                assert set(re.findall(r"videos\.\w\d+", output)) == {"videos.W013", "videos.I004"}
        # What a person enters for createsuperuser
        account = "User.objects.create_superuser('you@example.com', 'x')"
        terminal.type(
            f'.venv/bin/python manage.py shell -v0 -c "from videos.models import User; {account}"'
        )
        with running(server.replace("--port 8000", f"--port {port}"), folder) as log:
            address = f"http://127.0.0.1:{port}/readyz?all=1"
            wait_for(lambda: is_http_up(address), 120, log.read_text)
            outputs = [terminal.type(command) for command in filter(is_typed, after)]
    assert [answer["status"] for each in outputs if (answer := json_of(each))] == [
        "ok",
        "ready",
        "ready",
    ]
