"""Mixed faults against the real processes of the portal, and what must hold afterwards."""
