"""Forms: they validate what people send, and call one verb of the pipeline."""
