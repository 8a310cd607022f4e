"""The Celery application of workers and beat: a wrong setting ends them with its sentence."""

import warnings

from celery.exceptions import SecurityWarning
from django.conf import settings

from suno_portal.celery import app
from suno_portal.environment import exit_if_misconfigured

__all__ = ["app"]

with exit_if_misconfigured():
    settings.INSTALLED_APPS  # noqa: B018 - loads the settings
if settings.DEBUG:
    # On one's own machine, often a container's root: the warning would hide the address of the site
    warnings.filterwarnings("ignore", category=SecurityWarning)
