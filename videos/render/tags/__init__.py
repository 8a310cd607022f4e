"""What the file of a song says of it: title, artists, lyrics, cover and more of its tags."""
