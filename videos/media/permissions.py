"""The modes of what DATA_DIR holds: all of it is private, nginx's group may read the media."""

from pathlib import Path

from django.conf import settings

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
TRAVERSABLE_FOLDER = 0o710  # the group reaches what is in it, but cannot list it
GROUP_FOLDER = 0o750


def set_modes() -> None:
    """Set the modes of DATA_DIR and what stands in it, of this version or an earlier one.

    Folders that belong to another account stay as they are; the system checks tell.
    """
    data, media = Path(settings.DATA_DIR), Path(settings.MEDIA_ROOT)
    for path in data.glob("*"):
        if path != media and path.name != "static":
            _chmod(path, PRIVATE_FOLDER if path.is_dir() else PRIVATE_FILE)
    media.mkdir(mode=GROUP_FOLDER, exist_ok=True)
    for folder in (media, *(path for path in media.glob("*") if path.is_dir())):
        _chmod(folder, GROUP_FOLDER)
    _chmod(data, TRAVERSABLE_FOLDER)


def is_media_reachable() -> bool:
    """Return whether others of the group may enter the folders that lead to the media."""
    media = Path(settings.MEDIA_ROOT)
    folders = [media, *media.parents]
    return all(folder.stat().st_mode & 0o010 for folder in folders if folder.exists())


def _chmod(path: Path, mode: int) -> None:
    try:
        path.chmod(mode)
    except PermissionError:
        return
