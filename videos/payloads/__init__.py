"""Videos in the vendors' words, as the API answers and callbacks say them."""
