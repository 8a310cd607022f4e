"""The parts of the vendors' OpenAPI documents that describe requests and responses."""
