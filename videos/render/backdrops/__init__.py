"""Backdrops: which pictures and videos are taken, what becomes of them, and when they change."""
