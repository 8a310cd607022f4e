"""What a share page tells the world: preview cards, embeds, captions."""
