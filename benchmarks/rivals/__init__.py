"""Other ways to make a film, each as its own users would use it."""
