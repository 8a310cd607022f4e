"""Child processes that open uploaded files, so that a hostile file crashes nothing else."""
