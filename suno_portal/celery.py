"""The Celery application: the same one with every broker, from a folder to RabbitMQ."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suno_portal.settings")
# Celery would run Django's checks, which load every view, and look at none of their results
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")
TRANSPORT_ALIASES["filesystem"] = "suno_portal.backends.broker:AtomicFileTransport"

app = Celery("suno_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
