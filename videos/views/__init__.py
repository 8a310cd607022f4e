"""Pages: each view parses, checks access, calls one verb and answers."""
