"""Says which packages of a lock file have known faults: ``python -m tools.advisories FILE``.

``pip-audit`` knows them from an advisory service. Where none can be reached nothing has been
checked, and that is said aloud: exit code 0 stands for "no fault is known", 1 for a fault, and 3
for "nobody was there to ask".
"""

import json
import subprocess
import sys
from pathlib import Path

AUDIT = Path(sys.executable).with_name("pip-audit")
NOT_CHECKED = 3
UNREACHABLE = "NOT CHECKED for known faults, because no advisory service can be reached"


def audit(lock: str) -> tuple[int, str]:
    """Return the exit code and the sentences for the packages of ``lock``."""
    options = ["--require-hashes", "--disable-pip", "--progress-spinner=off", "--format=json"]
    command = [str(AUDIT), "--requirement", lock, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        return NOT_CHECKED, f"{lock}: {UNREACHABLE}: {reason}"
    return summarise(lock, packages)


def summarise(lock: str, packages: list[dict[str, object]]) -> tuple[int, str]:
    """Return the exit code and the sentences for what ``pip-audit`` found of ``packages``."""
    checked = [each for each in packages if "skip_reason" not in each]
    if len(checked) < len(packages):
        names = [str(each["name"]) for each in packages if "skip_reason" in each]
        parts = f"{len(names)} of {len(packages)} packages, from {names[0]} to {names[-1]}"
        return NOT_CHECKED, f"{lock}: {UNREACHABLE}: {parts}"
    faults = [each for each in checked if each.get("vulns")]
    if faults:
        return 1, "\n".join(_sentence(each) for each in faults)
    return 0, f"{lock}: no fault is known of its {len(packages)} packages"


def _sentence(package: dict[str, object]) -> str:
    faults = package["vulns"]
    assert isinstance(faults, list)
    ids = ", ".join(str(fault["id"]) for fault in faults)
    mended = sorted({version for fault in faults for version in fault["fix_versions"]})
    hint = f"; mended in {', '.join(mended)}" if mended else ""
    return f"{package['name']} {package['version']} has known faults: {ids}{hint}"


if __name__ == "__main__":
    code, text = audit(sys.argv[1])
    print(text if code == 0 else f"\n*** {text} ***\n", file=sys.stderr if code else sys.stdout)
    sys.exit(code)
