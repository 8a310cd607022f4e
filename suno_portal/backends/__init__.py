"""Backends for Django and Celery: cache, broker, storage, upload handler, PostgreSQL."""
