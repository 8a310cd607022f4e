"""What a share page tells other sites: preview cards, embeds, captions."""
