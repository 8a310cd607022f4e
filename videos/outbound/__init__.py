"""Requests to addresses that others gave: checked, and bounded in time and size."""
