"""What kind of file system a folder lies on; Linux only."""

from pathlib import Path

MOUNTS = Path("/proc/mounts")


def file_system_of(folder: Path, mounts: Path = MOUNTS) -> str:
    """Return the kind of file system of ``folder``, such as ``ext4``, "" where it is not known.

    ``mounts`` lists what is mounted: a device, a folder and a kind a line, the last one on top.
    """
    if not mounts.is_file():
        return ""
    kinds = {}
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, place, kind, *_ = line.split()
        kinds[place.replace("\\040", " ")] = kind
    folder = folder.resolve()
    return next((kinds[str(each)] for each in (folder, *folder.parents) if str(each) in kinds), "")
