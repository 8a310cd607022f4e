"""How the demo song looks: a painter of covers, and what it paints."""
