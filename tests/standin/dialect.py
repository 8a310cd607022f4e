"""The dialects of the vendors' APIs: everything in which their hosts differ."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

Json = dict[str, object]

TIMES: dict[str, Callable[[datetime | None], object]] = {
    "epoch milliseconds": lambda at: int(at.timestamp() * 1000) if at else None,
    "epoch seconds": lambda at: int(at.timestamp()) if at else None,
    "numeric string": lambda at: str(int(at.timestamp() * 1000)) if at else "",
    "plain": lambda at: at.strftime("%Y-%m-%d %H:%M:%S") if at else "",
    "iso": lambda at: at.isoformat() if at else None,
    "zulu": lambda at: at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else "",
}


@dataclass(frozen=True)
class Dialect:
    """One combination of such differences."""

    snake: bool = False  # snake_case names of fields
    ok: object = 200  # the code of a success
    http_codes: bool = False  # whether failures are HTTP statuses, too
    times: str = "epoch milliseconds"
    audio_id: str = "string"  # string, integer or absent
    music_index: bool = False
    no_response: str = "null"  # or absent, or empty, while there is no film
    exists: int = 409  # the code for a film that was ordered before
    exists_with_id: bool = True
    unknown: int = 422  # the code for an unknown task: 422 "recordInfo is null", or 404

    def format_time(self, at: datetime | None) -> object:
        return TIMES[self.times](at)

    def rename_fields(self, value: object) -> object:
        """Return JSON with the field names of this dialect."""
        if isinstance(value, dict):
            return {self._rename(name): self.rename_fields(each) for name, each in value.items()}
        return [self.rename_fields(each) for each in value] if isinstance(value, list) else value

    def _rename(self, name: str) -> str:
        return re.sub("([A-Z])", lambda m: f"_{m[1].lower()}", name) if self.snake else name


DIALECTS: dict[str, Dialect] = {
    "documented": Dialect(),
    "snake case": Dialect(snake=True),
    "code 0 as in the generated examples": Dialect(ok=0),
    "code as a string": Dialect(ok="200"),
    "no code at all": Dialect(ok=None),
    "real HTTP statuses": Dialect(http_codes=True),
    "integer audio ids": Dialect(audio_id="integer", music_index=True),
    "no audio ids": Dialect(audio_id="absent"),
    "response absent": Dialect(no_response="absent"),
    "response empty": Dialect(no_response="empty"),
    "422 for what exists": Dialect(exists=422),
    "404 for what is unknown": Dialect(unknown=404),
    **{f"times: {name}": Dialect(times=name) for name in TIMES},
}


def now() -> datetime:
    return datetime.now(UTC)
