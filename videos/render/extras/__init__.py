"""What goes with a film: its moving preview, and small films and pictures of it."""
