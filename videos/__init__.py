"""Suno Portal: orders of films, and what makes them."""

VERSION = "1.0.0"  # as in pyproject.toml
