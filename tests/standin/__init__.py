"""A stand-in for the vendors: a real HTTP server on loopback with the API of each of them."""

from tests.standin.dialect import Dialect
from tests.standin.server import Call, StandIn

__all__ = ["Call", "Dialect", "StandIn"]
