"""Files in and out: the workspace of a film, covers, byte ranges, serving, the analysis cache."""
