"""What a share page tells link previews and search engines."""
