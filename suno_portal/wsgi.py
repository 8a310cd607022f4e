"""The WSGI application that gunicorn serves."""

import os
from pathlib import Path

from django.core.wsgi import get_wsgi_application

from suno_portal.backends.request_body import RequestBodyMiddleware
from suno_portal.environment import exit_if_misconfigured, make_private_folder

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suno_portal.settings")

with exit_if_misconfigured():
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):  # counts of requests begin at nought
        make_private_folder(Path(folder))
        for path in Path(folder).glob("*.db"):  # others may keep their files there
            path.unlink(missing_ok=True)
    application = RequestBodyMiddleware(get_wsgi_application())
