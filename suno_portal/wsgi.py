"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from suno_portal.backends.request_body import RequestBodyMiddleware
from suno_portal.environment import exit_if_misconfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suno_portal.settings")

with exit_if_misconfigured():
    application = RequestBodyMiddleware(get_wsgi_application())
