"""Schemas of requests and responses, with the vendors' own field names and descriptions."""
