"""The cover of the demo song: the tools that paint it, and its motifs."""
