"""The program that makes the renderer's font files from published packages."""
