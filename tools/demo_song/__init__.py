"""The program that composes the demo song and draws its cover: ``python -m tools.demo_song``."""
