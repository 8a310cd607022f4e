"""How fast the pages are that are opened most, beside bare views that read the same row."""
