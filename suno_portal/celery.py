"""The Celery application: the same one at every size, from a folder to RabbitMQ."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suno_portal.settings")

app = Celery("suno_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
