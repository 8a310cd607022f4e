"""How the demo song sounds: score, instruments, mix."""
