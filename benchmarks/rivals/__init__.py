"""Other ways to a film, each as its own users would go it."""
