"""The built-in renderer: a song, its cover and its lyrics become a music video.

    python -m videos.render SONG.mp3 --output FILM.mp4

``film.render`` renders in this process; ``sandbox.film_process.render_in_child`` renders in a child
process and is for servers. Nothing in this package imports Django.
"""

import os

# Our matrix products are too small to gain from threads, and a process that has none can fork
# safely. NumPy reads this once, so it stands before anything here imports it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
