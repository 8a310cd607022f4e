"""How fast, how small and how good the films are, beside what else could make them."""
