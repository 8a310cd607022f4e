"""Benchmarks: how fast, how small and how good the films are, compared with other ways.

What they need besides the portal is installed once, from the folder of the repository:
``.venv/bin/python -m pip install --require-hashes -r benchmarks/requirements.txt``
"""

import videos.render  # noqa: F401 - before NumPy, since it sets the number of threads

INSTALL = ".venv/bin/python -m pip install --require-hashes -r benchmarks/requirements.txt"
