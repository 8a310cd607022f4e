"""A plugin of pytest that measures how much of a processor tests take, and lists the slow ones.

It writes tests/slow_tests.txt, which ``make test-fast`` leaves out. The time of processors counts,
not that of the clock, so a busy machine finds the same tests:

    python -m pytest -n 2 -m "not processes and not nightly" -p tools.processor_times
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import mean

import pytest

MIN_SECONDS = 0.04  # of a processor that a case of a slow test takes
LIST = Path(__file__).resolve().parent.parent / "tests" / "slow_tests.txt"
HEAD = """\
# What make test-fast leaves out: seconds of a processor that a case takes, and the test's name.
# tools/processor_times.py writes this list.
"""
PROPERTY = "processor seconds"
STARTED_AT = pytest.StashKey[float]()

seconds_of_test: defaultdict[str, list[float]] = defaultdict(list)


def processor_seconds() -> float:
    """Return the seconds that this process and its ended children took of processors."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def slow_tests(seconds_of_test: Mapping[str, list[float]]) -> str:
    """Return the lines of the tests whose cases take ``MIN_SECONDS`` or more, by name."""
    means = {test: mean(seconds) for test, seconds in sorted(seconds_of_test.items())}
    return "".join(f"{mean:.2f} {test}\n" for test, mean in means.items() if mean >= MIN_SECONDS)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the list go to another file."""
    parser.addoption("--slow-tests", type=Path, default=LIST, help="the file that lists slow tests")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Note the time before a test's fixtures."""
    item.stash[STARTED_AT] = processor_seconds()
    yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Note in the test's last report what it took, which xdist carries to the first process."""
    yield
    item.user_properties.append((PROPERTY, processor_seconds() - item.stash[STARTED_AT]))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Collect what the cases of each test took."""
    for name, seconds in report.user_properties:
        if report.when == "teardown" and name == PROPERTY and isinstance(seconds, float):
            test = report.nodeid.split("[")[0].rpartition("::")[2]
            seconds_of_test[test].append(seconds)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write the list and print the sum."""
    path = terminalreporter.config.getoption("slow_tests")
    path.write_text(HEAD + slow_tests(seconds_of_test), encoding="utf-8")
    total = sum(map(sum, seconds_of_test.values()))
    terminalreporter.section(f"processor seconds: {total:.0f} in all; the slow ones are in {path}")
