"""Benchmarks: how fast, how small and how good the films are, compared with other ways."""

import videos.render  # noqa: F401 - before NumPy, since it sets the number of threads
