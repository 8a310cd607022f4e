"""Opens every page of a portal with the demo in a real browser, and prints what it finds."""
