"""The settings package: it wires the parts together and does no work itself."""

from suno_portal.celery import app as celery_app

__all__ = ["celery_app"]
