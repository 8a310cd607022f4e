"""What composed the demo song and drew its cover: ``python -m tools.demo_song``."""
