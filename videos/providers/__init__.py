"""Who makes films: dataclasses in and out, HTTP in between, never the database."""
