"""How fast the API answers programs that poll, beside a bare Django view."""
