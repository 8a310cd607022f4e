"""The Celery application."""

from django.core.checks import register
from django.core.checks.registry import registry
from kombu import Connection

from suno_portal.backends.broker import AtomicFileTransport
from suno_portal.celery import app


def test_a_broker_in_a_folder_is_ours():
    assert isinstance(Connection("filesystem://localhost").transport, AtomicFileTransport)


def test_its_settings_are_those_of_django_and_its_tasks_are_those_of_the_app():
    app.loader.import_default_modules()
    assert app.conf.broker_url == "memory://"
    assert {"videos.tasks.advance", "videos.tasks.tick"} <= set(app.tasks)


def test_a_worker_starts_without_checks_at_whose_results_it_would_not_look():
    calls: list[object] = []

    @register
    def check(app_configs, **kwargs):
        calls.append(app_configs)
        return []

    try:
        app.loader.import_default_modules()
    finally:
        registry.registered_checks.discard(check)
    assert not calls
