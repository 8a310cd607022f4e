"""The settings package: it configures and connects the parts of the portal."""

from suno_portal.celery import app as celery_app

__all__ = ["celery_app"]
