"""A page that is audited, as JSON carries it out of the portal that has it."""

from dataclasses import dataclass

PASSWORD = "open sesame"  # of the video that has one


@dataclass(frozen=True)
class AuditedPage:
    """A page, and who opens it: nobody with a log-in, unless it is somebody's."""

    name: str
    path: str
    account: str = ""
    status: int = 200

    def in_language(self, language: str) -> str:
        """Return its address in a language, whatever browser and account prefer."""
        return f"{self.path}{'&' if '?' in self.path else '?'}lang={language}"
