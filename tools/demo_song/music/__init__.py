"""The music of the demo song: score, instruments, mix."""
