from pathlib import Path

import pytest

from videos.media.file_systems import file_system_of

WSL = """/dev/sdc / ext4 rw,relatime 0 0
C:\\134 /mnt/c 9p rw,noatime,dirsync 0 0
D:\\134 /mnt/old\\040disk drvfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/ann/portal/var", "ext4"),
        ("/mnt/c/Users/ann/portal/var", "9p"),
        ("/mnt/old disk/var", "drvfs"),
        ("/mnt/cellar", "ext4"),
    ],
)
def test_the_mount_nearest_above_a_folder_decides(tmp_path, folder, kind):
    mounts = tmp_path / "mounts"
    mounts.write_text(WSL)
    assert file_system_of(Path(folder), mounts) == kind


def test_a_system_that_lists_no_mounts_tells_nothing(tmp_path):
    assert file_system_of(tmp_path, tmp_path / "mounts") == ""
