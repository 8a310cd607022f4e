"""The lines and times of a song's words, for pages and exports."""
