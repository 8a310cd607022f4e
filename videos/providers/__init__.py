"""Providers, which make films: dataclasses in and out, HTTP in between, never the database."""
