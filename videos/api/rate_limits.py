"""How often a program may ask: what is over is refused, not queued.

kie.ai, Create Music Video: 20 new requests within 10 seconds; Get Music Task Details: "Maximum
query rate: 3 requests per second per task".
"""

from dataclasses import dataclass

from videos.api.errors import TOO_OFTEN, Refused
from videos.models import ApiKey, Turn


@dataclass(frozen=True)
class Limit:
    """``most`` turns within so many ``seconds``."""

    most: int
    seconds: float

    def take(self, name: str) -> None:
        """Take a turn of ``name``; raises ``Refused`` where none is free."""
        if wait := Turn.objects.take(name, self.most, self.seconds):
            sentence = "Your call frequency is too high. Please try again later."
            raise Refused(TOO_OFTEN, sentence, wait=wait)


ORDERS = Limit(20, 10)
SONGS = Limit(100, 10)
QUESTIONS = Limit(3, 1)


def order(key: ApiKey) -> None:
    """Count a new video task of ``key``."""
    ORDERS.take(f"order:{key.pk}")


def song(key: ApiKey) -> None:
    """Count a new song of ``key``."""
    SONGS.take(f"song:{key.pk}")


def question(kind: str, task: object) -> None:
    """Count a question about a task of ``kind``, whoever asks it."""
    QUESTIONS.take(f"{kind}:{task}")
