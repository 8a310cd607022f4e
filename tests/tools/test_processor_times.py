import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = """
import time

def test_busy():
    end = time.process_time() + 0.7
    while time.process_time() < end:
        pass

def test_idle():
    time.sleep(0.2)
"""


def test_it_counts_the_processor_s_time_and_not_the_clock_s(tmp_path):
    (tmp_path / "test_two.py").write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-p", "tools.processor_times", "-n", "1"]
    done = subprocess.run(
        [*command, "-c", "/dev/null", "--rootdir", str(tmp_path), str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    (seconds,) = re.findall(r"^ +([\d.]+)  test_two.py$", done.stdout, re.MULTILINE)
    assert 0.7 <= float(seconds) < 0.85, done.stdout
