"""A vendor that is not there: a real HTTP server that speaks as the four vendors do."""

from tests.standin.dialect import Dialect
from tests.standin.server import Call, StandIn

__all__ = ["Call", "Dialect", "StandIn"]
