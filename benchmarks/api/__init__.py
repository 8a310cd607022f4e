"""Benchmarks of the API: how fast it answers programs that poll, compared with a bare view."""
