"""The vendors' OpenAPI documents, as far as they describe answers and requests, word for word."""
