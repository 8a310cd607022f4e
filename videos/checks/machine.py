"""The machine: folders, libraries, file systems, and what shuts the children in."""

import os
import sys
from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning

from videos.media.file_systems import file_system_of
from videos.media.permissions import is_media_reachable
from videos.render.sandbox.confinement import has_filter, has_landlock, system_paths
from videos.render.text.faces import can_shape

WINDOWS_FILE_SYSTEMS = {"9p", "drvfs"}  # as WSL 2 and WSL 1 mount them


def check_data_dir(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """E002: ``DATA_DIR`` holds the database, the media and the queue."""
    if settings.DATA_DIR.is_dir() and os.access(settings.DATA_DIR, os.W_OK | os.X_OK):
        return []
    return [
        Error(
            f"DATA_DIR, {settings.DATA_DIR}, is not a folder that this process can write to.",
            hint="Make it, give it to the account that runs the portal, or name another.",
            id="videos.E002",
        )
    ]


def check_platform(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """I003, W011, W012: what only Linux has, what Windows' drives lack, and what draws text."""
    messages: list[CheckMessage] = []
    if not can_shape():
        messages.append(
            Warning(
                "The library libfribidi is missing: the built-in renderer can draw no text, so it "
                "makes no films.",
                hint="On Debian and Ubuntu, apt install libfribidi0; on macOS, brew install "
                "fribidi.",
                id="videos.W012",
            )
        )
    if not sys.platform.startswith("linux"):
        messages.append(
            Info(
                "This machine does not run Linux: each film is painted by one process, and uploads "
                "are opened by processes that are not isolated and whose memory is not limited.",
                hint="Serve other people from Linux.",
                id="videos.I003",
            )
        )
    if file_system_of(settings.DATA_DIR) in WINDOWS_FILE_SYSTEMS:
        messages.append(
            Warning(
                f"DATA_DIR, {settings.DATA_DIR}, lies on a drive of Windows, where the database "
                "and the queue lose what they lock.",
                hint="Keep the portal and DATA_DIR in the file system of WSL, such as in ~.",
                id="videos.W011",
            )
        )
    return messages


def check_sandbox(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """W020, W021, W022: what keeps a decoder with a fault from the files and the network."""
    if not sys.platform.startswith("linux"):
        return []
    messages: list[CheckMessage] = []
    if not has_landlock():
        messages.append(
            Warning(
                "This kernel has no Landlock: a hostile upload that takes over its decoder could "
                "read the database and the key.",
                hint="Use Linux 5.13 or newer, with landlock in /sys/kernel/security/lsm.",
                id="videos.W020",
            )
        )
    if not has_filter():
        messages.append(
            Warning(
                "System calls cannot be filtered here: a hostile upload that takes over its "
                "decoder could open connections.",
                hint="Use a kernel with seccomp, on x86-64 or ARM64.",
                id="videos.W021",
            )
        )
    readable = [path for path in system_paths() if settings.DATA_DIR.is_relative_to(path)]
    if readable:
        messages.append(
            Warning(
                f"DATA_DIR, {settings.DATA_DIR}, lies in {readable[0]}, which the processes that "
                "open uploads may read.",
                hint="Keep the data apart from Python and its libraries.",
                id="videos.W022",
            )
        )
    return messages


def check_media_is_reachable(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """W008: nginx, which is to send the files, can enter the folders that lead to them."""
    if not settings.MEDIA_ACCEL_PREFIX or is_media_reachable():
        return []
    return [
        Warning(
            f"MEDIA_ACCEL_PREFIX is set, but the group cannot enter {settings.MEDIA_ROOT}: nginx "
            "answers 403 for every film.",
            hint="Run python manage.py prepare, and add nginx's account to the portal's group.",
            id="videos.W008",
        )
    ]
