"""A plugin of pytest that prints which modules take most of the processor.

``python -m pytest -n auto -p tools.processor_times`` is how it was found which tests are marked
``slow``: those of the modules that take most. How busy the machine is changes nothing.
"""

import os
from collections import defaultdict
from collections.abc import Iterator

import pytest

MIN_SECONDS = 0.5  # of a module that is printed
PROPERTY = "processor seconds"
STARTED_AT = pytest.StashKey[float]()

seconds_of_module: defaultdict[str, float] = defaultdict(float)


def processor_seconds() -> float:
    """Return the seconds that this process and its ended children took of processors."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


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
    """Add up what the tests of a module took."""
    for name, seconds in report.user_properties:
        if report.when == "teardown" and name == PROPERTY and isinstance(seconds, float):
            seconds_of_module[report.nodeid.split("::")[0]] += seconds


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the modules, the longest first."""
    terminalreporter.section(f"processor seconds: {sum(seconds_of_module.values()):.0f} in all")
    for module, seconds in sorted(seconds_of_module.items(), key=lambda item: -item[1]):
        if seconds >= MIN_SECONDS:
            terminalreporter.line(f"{seconds:7.1f}  {module}")
