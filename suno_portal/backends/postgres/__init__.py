"""A database engine: Django's PostgreSQL with a connection pool that survives restarts."""
