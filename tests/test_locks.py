"""What is installed is locked: each version with the digests of its files."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted([*ROOT.glob("requirements*.in"), *ROOT.glob("benchmarks/*.in")])
LOCKS = [source.with_suffix(".txt") for source in SOURCES]
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+)", re.MULTILINE)
COMMAND = "uv pip compile --universal --generate-hashes --python-version=3.11 --output-file="


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def pins_of(lock: Path) -> dict[str, str]:
    return dict(PIN.findall(lock.read_text(encoding="utf-8")))


def names_in(source: Path) -> set[str]:
    """Return the names of the direct dependencies."""
    lines = source.read_text(encoding="utf-8").splitlines()
    return {re.split(r"[\[<>=,; ]", line)[0] for line in lines if re.match("[a-z]", line)}


@pytest.mark.parametrize("source", SOURCES, ids=relative)
def test_each_direct_dependency_is_in_the_lock(source):
    missing = names_in(source) - set(pins_of(source.with_suffix(".txt")))
    assert not missing, "Run make lock"


@pytest.mark.parametrize("lock", LOCKS, ids=relative)
def test_a_lock_has_digests_and_says_how_it_was_made(lock):
    text = lock.read_text(encoding="utf-8")
    assert f"{COMMAND}{lock.name} {lock.stem}.in\n" in text
    for requirement in re.split(r"\n(?=[a-z0-9])", text)[1:]:
        assert PIN.match(requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


@pytest.mark.parametrize(
    "name", ["requirements", "requirements-s3", "requirements-sentry", "benchmarks/requirements"]
)
def test_the_tests_run_with_the_versions_that_are_installed(name):
    tested = pins_of(ROOT / "requirements-dev.txt")
    for package, version in pins_of(ROOT / f"{name}.txt").items():
        assert tested[package] == version


def test_npm_installs_the_linter_and_axe_alone():
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    packages = re.findall(r'"node_modules/([^"]+)"', text)
    assert packages
    assert all(package.startswith("@biomejs/") or package == "axe-core" for package in packages)
    assert text.count('"integrity": "sha512-') == len(packages)
