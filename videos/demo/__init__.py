"""The demo song that ships with the portal: its files and its metadata."""

from pathlib import Path
from typing import Final

TITLE: Final = "Let the Lanterns Go"
AUTHOR: Final = "Linnea Quay"
DOMAIN_NAME: Final = "suno-portal.example"
TAGS: Final = "synth-pop, lo-fi, warm, 96 bpm, D major, night river"

FOLDER: Final = Path(__file__).resolve().parent
AUDIO: Final = FOLDER / "lanterns.mp3"
COVER: Final = FOLDER / "cover.jpg"
LYRICS: Final = FOLDER / "lyrics.lrc"
