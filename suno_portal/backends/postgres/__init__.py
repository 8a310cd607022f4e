"""A database engine: Django's PostgreSQL, with a pool that outlives the server's restarts."""
