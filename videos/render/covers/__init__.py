"""Covers: which pictures are taken, and how each becomes one that is upright, opaque and sRGB."""
