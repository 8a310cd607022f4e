import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = """
import pytest, time

@pytest.mark.parametrize("case", [1, 2])
def test_busy(case):
    end = time.process_time() + 0.3
    while time.process_time() < end:
        pass

def test_idle():
    time.sleep(0.3)
"""


def test_it_lists_tests_by_the_processor_s_time_and_not_the_clock_s(tmp_path):
    tests, slow = tmp_path / "test_two.py", tmp_path / "slow.txt"
    tests.write_text(TESTS)
    words = [sys.executable, "-m", "pytest", "-p", "xdist", "-p", "tools.processor_times"]
    words += ["-n", "1", "-c", "/dev/null", "--slow-tests", str(slow), str(tests)]
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # others take seconds
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert re.fullmatch(r"(#.*\n)+0\.(29|3\d) test_busy\n", slow.read_text())
