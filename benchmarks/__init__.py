"""How fast, how small and how good the films are, beside what else could make them."""

import videos.render  # noqa: F401 - before NumPy, since it says how many threads that may have
