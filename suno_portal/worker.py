"""The Celery application of workers and beat: a wrong setting ends them with its sentence."""

from django.conf import settings

from suno_portal.celery import app
from suno_portal.environment import exit_if_misconfigured

__all__ = ["app"]

with exit_if_misconfigured():
    settings.INSTALLED_APPS  # noqa: B018 - loads the settings
