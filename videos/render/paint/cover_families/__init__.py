"""The families of covers that are drawn for songs without one: landscapes and patterns."""
