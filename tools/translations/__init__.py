"""Keeps the catalogues of ``videos/locale`` complete: extracts, lists, takes back, compiles."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suno_portal.settings")
os.environ.setdefault("DEBUG", "true")
