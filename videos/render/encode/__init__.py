"""The film's file: pictures and sound encoded, spliced and muxed into an MP4."""
