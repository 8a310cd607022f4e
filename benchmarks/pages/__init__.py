"""Benchmarks of pages with many rows in the database, beside the same pages with few."""
