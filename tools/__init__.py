"""Programs for developers that draw and compose what the project ships; nothing imports them."""
