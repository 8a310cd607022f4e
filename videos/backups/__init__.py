"""Backups of the whole site: database, files of songs and films, and the secret key.

A folder of backups holds one folder for each, named by its time, and each is complete by itself:
what has not changed since the one before is a hard link to it.
"""

from videos.backups.creation import Outcome, create, plan
from videos.backups.manifest import BackupError, Manifest, choose
from videos.backups.restoration import Restored, damaged_files, examine, restore

__all__ = [
    "BackupError",
    "Manifest",
    "Outcome",
    "Restored",
    "choose",
    "create",
    "damaged_files",
    "examine",
    "plan",
    "restore",
]
