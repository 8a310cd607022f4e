"""The built-in renderer: a song, its cover and its lyrics become a music video.

    python -m videos.render SONG.mp3 --output FILM.mp4

`film.render` does the work in this process, `process.render_apart` in a child of its own, which
is what a server wants. Nothing in this package knows of Django.
"""

import os

# Our matrix products are too small to gain from threads, and a process that has none can fork
# safely. NumPy reads this once, so it stands before anything here imports it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
