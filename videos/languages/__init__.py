"""Which language a person reads, and English sentences in it. The texts are in videos/locale."""
