"""What makes the renderer's font files from published packages."""
