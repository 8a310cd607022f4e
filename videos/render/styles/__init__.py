"""What creators choose for a film in words of their own, such as colours."""
