#!/usr/bin/env python
"""Django's command line for Suno Portal."""

import os
import sys

if os.name != "posix":
    sys.exit("Suno Portal runs on Linux and macOS; on Windows it runs in WSL (wsl --install).")

try:
    from django.conf import settings
    from django.core.management import execute_from_command_line

    from suno_portal.environment import exit_if_misconfigured
except ImportError as error:
    sys.exit(f"{error}. Run make run once, and then .venv/bin/python manage.py …")

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suno_portal.settings")
    with exit_if_misconfigured():
        settings.INSTALLED_APPS  # noqa: B018 - loads the settings
    execute_from_command_line(sys.argv)
