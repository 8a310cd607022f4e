"""Property tests measure what is true, not how busy the machine is: they have no deadlines."""

from hypothesis import settings

settings.register_profile("render", deadline=None)
settings.load_profile("render")
