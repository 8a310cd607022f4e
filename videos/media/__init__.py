"""Files in and out: a film's workspace, covers, byte ranges, serving, the analysis cache."""
