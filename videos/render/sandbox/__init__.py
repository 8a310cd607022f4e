"""Child processes that open what strangers sent, so that a hostile file crashes nothing else."""
