"""The sound of a song: decoding it, measuring it, and its analysis for the painter."""
