"""Reads the declared environment variables; a wrong value is one sentence that names it."""

import math
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured

from suno_portal.old_names import NEW_NAMES
from suno_portal.site_url import is_loopback
from suno_portal.variables import VARIABLES, Kind, Variable

FLAGS = {"true": True, "1": True, "yes": True, "on": True} | {
    "false": False, "0": False, "no": False, "off": False
}  # fmt: skip
EXIT_MISCONFIGURED = 78  # EX_CONFIG of sysexits.h: a process that ends so is not restarted
_NAME = re.compile(r"^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=", re.MULTILINE)


def read_env_file(path: Path) -> None:
    """Set the variables of an ``.env`` file that the environment itself does not have.

    Raises ``ImproperlyConfigured`` for a file that cannot be read.
    """
    try:
        environ.Env.read_env(path)
    except UnicodeDecodeError as error:
        raise ImproperlyConfigured(f"{path} is not a text in UTF-8; save it as one.") from error
    except OSError as error:
        raise ImproperlyConfigured(f"{path} cannot be read: {error.strerror}.") from error


def undeclared_in(path: Path) -> dict[str, str]:
    """Return the variables of an ``.env`` file that are no settings, each with the nearest."""
    names = _NAME.findall(path.read_text(encoding="utf-8")) if path.is_file() else []
    others = [name for name in names if name not in VARIABLES and name not in NEW_NAMES]
    return {name: next(iter(get_close_matches(name, VARIABLES, 1)), "") for name in others}


class Environment:
    """Typed access to the variables of ``VARIABLES``; an empty one has its default.

    Each method raises ``ImproperlyConfigured`` for a value that is not of its kind.
    """

    def __init__(self, variables: Mapping[str, str] = os.environ) -> None:
        self._texts = variables

    def check_host(self) -> None:
        """Raise ``ImproperlyConfigured`` where a development machine would open to a network."""
        host = self.text("HOST")
        if self.flag("DEBUG") and not is_loopback(host):
            raise ImproperlyConfigured(
                f"HOST is {host}, but DEBUG is true: the error pages would show this machine's "
                "passwords to the network. Leave HOST out, or set DEBUG=false as a server does "
                "(docs/operations.md)."
            )

    def check(self) -> None:
        """Read every variable, also those that only another process needs."""
        readers = {
            Kind.FLAG: self.flag,
            Kind.INTEGER: self.integer,
            Kind.NUMBER: self.number,
            Kind.NUMBERS: self.numbers,
            Kind.URL: self.url,
            Kind.CHOICE: self.choice,
        }
        for variable in VARIABLES.values():
            readers.get(variable.kind, self.text)(variable.name)

    def text(self, name: str) -> str:
        """Return a text without the white space around it, "" where there is no default."""
        return self._texts.get(name, "").strip() or VARIABLES[name].default

    def choice(self, name: str) -> str:
        """Return one of the choices, however it is capitalised."""
        variable, text = VARIABLES[name], self.text(name)
        for choice in variable.choices:
            if choice.lower() == text.lower():
                return choice
        raise _misconfigured(variable, text, f"one of {', '.join(variable.choices)}")

    def flag(self, name: str) -> bool:
        """Return a switch."""
        text = self.text(name)
        if text.lower() not in FLAGS:
            raise _misconfigured(VARIABLES[name], text, Kind.FLAG.value)
        return FLAGS[text.lower()]

    def integer(self, name: str) -> int:
        """Return a whole number."""
        return int(_number(VARIABLES[name], self.text(name)))

    def number(self, name: str) -> float:
        """Return a number."""
        return _number(VARIABLES[name], self.text(name))

    def items(self, name: str) -> list[str]:
        """Return the items of a list."""
        return [item.strip() for item in self.text(name).split(",") if item.strip()]

    def url(self, name: str) -> str:
        """Return an address; messages do not show it, because it may have a password."""
        variable = VARIABLES[name]
        text = self.text(name)
        for address in text.split(";") if variable.is_several else [text]:
            if address and not _is_address(address, variable.choices):
                schemes = ", ".join(f"{scheme}://" for scheme in variable.choices)
                example = f", such as {variable.example}" if variable.example else ""
                raise ImproperlyConfigured(
                    f"{name} is not an address that begins with one of {schemes}{example}"
                )
        return self.text(name)

    def folder(self, name: str, default: Path) -> Path:
        """Return the absolute path of a folder, which is created if it is missing."""
        folder = Path(self.text(name) or default).resolve()
        with as_misconfiguration(f"{name}, {folder}, cannot be used"):
            folder.mkdir(mode=0o710, parents=True, exist_ok=True)
        return folder

    def time_zone(self, name: str) -> str:
        """Return the name of a time zone."""
        text = self.text(name)
        if text not in available_timezones():
            raise _misconfigured(VARIABLES[name], text, "a time zone, such as Europe/Stockholm")
        return text

    def numbers(self, name: str) -> list[float]:
        """Return the numbers of a list."""
        return [_number(VARIABLES[name], item) for item in self.items(name)]

    def networks(self, name: str) -> list[IPv4Network | IPv6Network]:
        """Return the networks of a list; an address alone is a network of one."""
        items = self.items(name)
        try:
            return [ip_network(item) for item in items]
        except ValueError as error:
            expected = "addresses or networks, such as 127.0.0.1 or 10.0.0.0/8"
            raise _misconfigured(VARIABLES[name], ",".join(items), expected) from error

    def ration(self, name: str) -> list[float]:
        """Return how often a person and how often everybody may do something, and the seconds."""
        numbers = self.numbers(name)
        if len(numbers) != 3 or numbers[2] <= 0:
            expected = "three numbers: times a person, times everybody, seconds"
            raise _misconfigured(VARIABLES[name], self.text(name), expected)
        return numbers


@contextmanager
def as_misconfiguration(problem: str) -> Iterator[None]:
    """Raise ``ImproperlyConfigured`` with ``problem`` where a file or folder cannot be used."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        path = f" ({error.filename})" if error.filename else ""
        raise ImproperlyConfigured(f"{problem}: {reason}{path}.") from error


def make_private_folder(path: Path) -> None:
    """Make a folder in ``DATA_DIR`` that only the account of the portal can enter."""
    with as_misconfiguration("A folder in DATA_DIR cannot be used by this account"):
        path.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def exit_if_misconfigured() -> Iterator[None]:
    """End the process with the sentence alone where a setting is wrong, instead of a traceback."""
    try:
        yield
    except ImproperlyConfigured as error:
        print(f"The settings are wrong: {error}", file=sys.stderr)
        sys.exit(EXIT_MISCONFIGURED)


def _number(variable: Variable, text: str) -> float:
    try:
        value = float(int(text)) if variable.kind is Kind.INTEGER else float(text)
    except (ValueError, OverflowError):
        value = math.nan
    if not math.isfinite(value):
        raise _misconfigured(variable, text, variable.kind.value)
    if value < variable.minimum:
        raise _misconfigured(variable, text, f"{variable.minimum:g} or more")
    if value > variable.maximum:
        raise _misconfigured(variable, text, f"{variable.maximum:g} at most")
    return value


def _is_address(text: str, schemes: tuple[str, ...]) -> bool:
    try:
        address = urlsplit(text)
        return address.scheme in schemes and (address.port is None or address.port > 0)
    except ValueError:
        return False


def _misconfigured(variable: Variable, text: str, expected: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{variable.name} is {text!r}, but it must be {expected}.")


if __name__ == "__main__":  # prints a variable, for the Makefile
    with exit_if_misconfigured():
        read_env_file(Path(__file__).resolve().parent.parent / ".env")
        Environment().check_host()
        print(Environment().text(sys.argv[1]))
