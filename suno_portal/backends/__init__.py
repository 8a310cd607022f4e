"""What Django and Celery plug in: cache, broker, storage, upload handler, PostgreSQL."""
