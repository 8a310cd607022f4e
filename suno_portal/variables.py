"""The environment variables that set up an installation, each declared once.

The settings and the server read them by this table, the system checks know by it what is no
setting, and ``python -m tools.settings_pages`` writes ``.env.example`` and ``docs/settings.md``
from it. (The supervisor, which imports nothing of ours, repeats three defaults; a test compares.)
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from videos.vendors import VENDORS, VendorFacts


class Kind(Enum):
    """What the text of a variable is; the value is how a message describes it."""

    TEXT = "text"
    CHOICE = "one of several words"
    FLAG = "true or false"
    INTEGER = "a whole number"
    NUMBER = "a number"
    LIST = "a list, separated by commas"
    URL = "an address"
    NUMBERS = "numbers, separated by commas"


@dataclass(frozen=True)
class Variable:
    """A variable: ``default`` and ``example`` are written as in an ``.env`` file."""

    name: str
    description: str
    kind: Kind = Kind.TEXT
    default: str = ""
    example: str = ""  # shown where there is no default, or where it follows from other variables
    minimum: float = 0  # of numbers
    maximum: float = math.inf
    choices: tuple[str, ...] = ()  # of texts; of addresses, their schemes
    is_several: bool = False  # addresses, separated by semicolons
    is_needed: bool = False  # on a server: `.env.example` has it as a line to fill in


@dataclass(frozen=True)
class Group:
    """Variables that belong together, under a title."""

    title: str
    variables: tuple[Variable, ...]


def _flag(name: str, description: str, default: str) -> Variable:
    return Variable(name, description, Kind.FLAG, default)


def _count(name: str, description: str, default: str, minimum: int = 1) -> Variable:
    return Variable(name, description, Kind.INTEGER, default, minimum=minimum)


def _ration(name: str, description: str, person: int, site: int, seconds: int) -> Variable:
    return Variable(
        f"RATION_{name}",
        f"{description}: so many times a person, so many times everybody, within so many seconds",
        Kind.NUMBERS,
        f"{person},{site},{seconds}",
    )


def _numbers(name: str, description: str, default: str) -> Variable:
    return Variable(name, description, Kind.NUMBERS, default)


def _vendor_variables(facts: VendorFacts) -> tuple[Variable, ...]:
    names = facts.variables
    variables: tuple[Variable, ...] = (
        Variable(names["api_key"], f"Key of {facts.label}"),
        Variable(names["base_url"], "Its API", default=facts.base_url),
    )
    if facts.signs_callbacks:
        description = f"Signs the callbacks of {facts.label}; unsigned ones are refused then"
        variables += (Variable(names["callback_key"], description),)
    return variables


GROUPS: tuple[Group, ...] = (
    Group(
        "What the installation is",
        (
            Variable(
                "DEBUG",
                "Development machine: demo accounts, tracebacks in the browser, a generated key",
                Kind.FLAG,
                "false",
                is_needed=True,
            ),
            Variable(
                "SECRET_KEY",
                "Signs sessions and links; servers need it unless DEBUG is true",
                is_needed=True,
            ),
            Variable(
                "SECRET_KEY_FALLBACKS",
                "Keys that were SECRET_KEY before: what they signed stays valid while they are "
                "listed",
                Kind.LIST,
                example="the-key-of-last-year",
            ),
            Variable(
                "SITE_URL",
                "The site's own address, for absolute links and share pages "
                "(default: this machine and PORT)",
                example="https://portal.example.com",
                is_needed=True,
            ),
            Variable("SITE_NAME", "What the site is called", default="Suno Portal", is_needed=True),
            Variable(
                "ALLOWED_HOSTS",
                "Hosts that we answer to (default: the host of SITE_URL)",
                Kind.LIST,
                example="portal.example.com",
            ),
            Variable(
                "CSRF_TRUSTED_ORIGINS",
                "Origins that may post forms (default: SITE_URL)",
                Kind.LIST,
                example="https://portal.example.com",
            ),
            _flag("SECURE", "false only where the site has no TLS, on a network you trust", "true"),
            _flag(
                "HSTS_SUBDOMAINS",
                "false where other hosts below this one are served without TLS",
                "true",
            ),
            _flag(
                "BEHIND_PROXY",
                "true where a proxy of yours sets X-Forwarded-Proto and X-Forwarded-For",
                "false",
            ),
            # The check videos.E005 says more than a minimum could
            Variable(
                "PROXY_COUNT",
                "How many proxies of yours stand before us",
                Kind.INTEGER,
                "1",
                minimum=-1000,
            ),
            Variable(
                "SECURITY_CONTACT",
                "Where people report a hole of this site, for /.well-known/security.txt: a mail "
                "address or a page",
                example="security@portal.example.com",
            ),
            Variable(
                "TERMS_URL",
                "Page with the terms of this site, which the footer of every page links",
                Kind.URL,
                example="https://example.com/terms",
                choices=("https", "http"),
            ),
            Variable(
                "PRIVACY_URL",
                "Page about privacy, likewise",
                Kind.URL,
                example="https://example.com/privacy",
                choices=("https", "http"),
            ),
            Variable(
                "COPYRIGHT_URL",
                "Page about copyright and how to complain, likewise",
                Kind.URL,
                example="https://example.com/copyright",
                choices=("https", "http"),
            ),
            Variable("TIME_ZONE", "Time zone of the admin", default="UTC"),
            Variable(
                "LOG_LEVEL",
                "How much is logged",
                Kind.CHOICE,
                "INFO",
                choices=("DEBUG", "INFO", "WARNING", "ERROR"),
            ),
        ),
    ),
    Group(
        "What operators see",
        (
            Variable(
                "LOG_FORMAT",
                "How lines of the log are written: for people, or as JSON for programs",
                Kind.CHOICE,
                "console",
                choices=("console", "json"),
            ),
            Variable(
                "METRICS_TOKEN",
                "Who sends it (Authorization: Bearer …) gets /metrics",
                example="a-long-random-text",
            ),
            Variable(
                "METRICS_ADDRESSES",
                "Addresses or networks that get /metrics without it, when they connect to the "
                "portal itself and not by a proxy",
                Kind.LIST,
                example="127.0.0.1,10.0.0.0/8",
            ),
            Variable(
                "ADMINS",
                "Who gets a mail for each new error, where SENTRY_DSN is not set",
                Kind.LIST,
                example="ops@portal.example.com",
            ),
            Variable(
                "SENTRY_DSN",
                "Where errors are reported: Sentry, or what speaks its language (install "
                "requirements-sentry.txt, too)",
                Kind.URL,
                example="https://key@sentry.example.com/1",
                choices=("https", "http"),
            ),
        ),
    ),
    Group(
        "Where things are kept",
        (
            Variable(
                "DATA_DIR",
                "Database, media, queue and secrets of a small installation "
                "(default: var, beside manage.py)",
                example="/srv/portal/var",
            ),
            Variable(
                "DATABASE_URL",
                "PostgreSQL or SQLite (default: SQLite in DATA_DIR)",
                Kind.URL,
                example="postgres://portal:secret@db.example.com/portal",
                choices=("postgres", "postgresql", "sqlite"),
            ),
            _count(
                "DATABASE_POOL_SIZE",
                "Connections to PostgreSQL that one process uses at most; at least two more than "
                "WORK_CONCURRENCY",
                "10",
            ),
            Variable(
                "CELERY_BROKER_URL",
                "The queue: redis:// or amqp:// for several machines "
                "(default: a folder in DATA_DIR)",
                Kind.URL,
                example="redis://queue.example.com/0",
                choices=("redis", "rediss", "sentinel", "amqp", "amqps", "filesystem", "memory"),
                is_several=True,  # Celery goes on with the next when one is away
            ),
            Variable(
                "CACHE_URL",
                "The cache (default: a table of the database)",
                Kind.URL,
                example="redis://cache.example.com/1",
                choices=("redis", "rediss", "dbcache", "filecache", "locmemcache", "dummycache"),
            ),
            Variable(
                "MEDIA_ACCEL_PREFIX",
                "The internal location by which nginx sends files itself (X-Accel-Redirect)",
                example="/protected/",
            ),
            _count(
                "ANALYSIS_CACHE_MB",
                "Megabytes of songs' analyses that are cached for their next film or preview",
                "1024",
                minimum=0,
            ),
            Variable(
                "S3_BUCKET",
                "Keep films and songs in this S3 bucket (install requirements-s3.txt, too)",
                example="portal",
            ),
            Variable(
                "S3_ENDPOINT_URL",
                "Address of the S3 server",
                Kind.URL,
                "https://s3.amazonaws.com",
                choices=("https", "http"),
            ),
            Variable("S3_REGION", "Region of the bucket", default="us-east-1"),
            Variable("S3_ACCESS_KEY", "Key that may list, read, write and delete in the bucket"),
            Variable("S3_SECRET_KEY", "Its secret"),
        ),
    ),
    Group(
        "Vendors: one without a key is not offered",
        (
            *(each for facts in VENDORS.values() for each in _vendor_variables(facts)),
            Variable(
                "ALLOWED_PRIVATE_HOSTS",
                "Hosts of your own network, as host:port, that addresses of vendors and users may "
                "lead to",
                Kind.LIST,
                example="10.0.0.5:9000",
            ),
            _count("MAX_FILM_MB", "Megabytes of a vendor's film that is copied", "2048"),
        ),
    ),
    Group(
        "Webhooks to the clients of our API",
        (
            _flag(
                "ALLOW_HTTP_WEBHOOKS",
                "Whether webhooks may go to plain http, where anybody on the way can read them",
                "true",
            ),
            Variable(
                "WEBHOOK_TIMEOUT_SECONDS",
                "Seconds that a receiver of our webhooks may take",
                Kind.NUMBER,
                "15",
                minimum=0.1,
            ),
            Variable(
                "WEBHOOK_RETRY_MINUTES",
                "Minutes to wait before each further attempt",
                Kind.NUMBERS,
                "1,5,15",
            ),
            _count(
                "WEBHOOK_RETENTION_DAYS",
                "Days that webhooks that were delivered, or given up, are shown",
                "30",
            ),
        ),
    ),
    Group(
        "People",
        (
            Variable(
                "SIGNUP",
                "Who may make an account: anybody, whom an operator approves, or whom an operator "
                "has invited",
                Kind.CHOICE,
                "open",
                choices=("open", "approval", "invitation", "closed"),
            ),
            _count(
                "REPORT_THRESHOLD",
                "Reports from different networks and accounts that hide a video until an operator "
                "decides, more of a video that is watched much; 0: only operators hide videos",
                "5",
                minimum=0,
            ),
            _count(
                "MAX_PREVIEW_FILM_MB",
                "Megabytes of a film that chats play in a link's preview; of larger ones they get "
                "some silent seconds",
                "100",
            ),
            _count("INVITATION_DAYS", "Days that an invitation is good for", "14"),
            Variable(
                "EMAIL_VERIFICATION",
                "Whether an address must be confirmed before the first log-in; automatic is "
                "mandatory where EMAIL_URL names a mail server, and optional elsewhere",
                Kind.CHOICE,
                "automatic",
                choices=("automatic", "none", "optional", "mandatory"),
            ),
            _count(
                "REAUTHENTICATION_MINUTES",
                "Minutes after which a person gives the password again to change keys, addresses "
                "and the like",
                "15",
            ),
            _flag(
                "STAFF_SECOND_FACTOR",
                "Whether the admin opens only to operators who log in with a second factor",
                "false",
            ),
            _count("EXPORT_RETENTION_DAYS", "Days that a person's copy of their data is kept", "7"),
            _count("MAX_EXPORTS_PER_DAY", "Copies of the data that a person may order a day", "2"),
            Variable(
                "EMAIL_URL",
                "The mail server, by which workers send mails (default: they are printed to the "
                "log)",
                Kind.URL,
                example="smtp+tls://user:password@mail.example.com:587",
                choices=(
                    *("smtp+tls", "smtp+ssl", "smtps", "smtp"),
                    *("consolemail", "filemail", "memorymail", "dummymail"),
                ),
            ),
            Variable(
                "MAIL_RETRY_MINUTES",
                "Minutes to wait before each further attempt to send a mail; the last repeats for "
                "a day",
                Kind.NUMBERS,
                "1,5,15,60",
            ),
            Variable(
                "DEFAULT_FROM_EMAIL",
                "Who our mails come from (default: noreply at the host of SITE_URL)",
                example="Suno Portal <noreply@portal.example.com>",
            ),
        ),
    ),
    Group(
        "Limits of uploads",
        (
            _count("MAX_AUDIO_MB", "Megabytes of an audio file", "200"),
            _count("MAX_AUDIO_MINUTES", "Minutes of a song", "15"),
            _count("MAX_COVER_MB", "Megabytes of a cover", "20"),
            _count("MAX_BACKDROP_MB", "Megabytes of a picture or a looping video", "50"),
        ),
    ),
    Group(
        "What one person may have here (0 is without limit)",
        (
            _count("MAX_UNFINISHED_VIDEOS", "Videos in the making", "1000", minimum=0),
            _count("MAX_STORAGE_MB", "Megabytes of songs and films", "20480", minimum=0),
            _count(
                "RETENTION_DAYS",
                "Days that the API's addresses of a film work (0: for as long as the video lives)",
                "0",
                minimum=0,
            ),
        ),
    ),
    Group(
        "What is costly, and how often it may be done (0 is without limit)",
        (
            _count(
                "PAGE_BUDGET",
                "Seconds of processor time a minute that the pages of one person may take in each "
                "web process; a network of visitors has twice as many",
                "6",
                minimum=0,
            ),
            _ration("UPLOADS", "Files of songs that are opened", 100, 1000, 600),
            _ration("UPLOAD_STARTS", "Files that are begun to be sent in pieces", 200, 2000, 600),
            _ration("FILE_TAGS", "Files whose tags fill in the form of an upload", 60, 600, 60),
            _ration("PREVIEWS", "Frames beside the form of a new video", 90, 900, 60),
            _ration("MOVING_PREVIEWS", "Moving previews there, and teasers", 20, 200, 60),
            _ration("LOOKUPS", "Songs that are looked up at vendors", 60, 600, 600),
            _ration("FETCHES", "Songs that are fetched from addresses", 200, 2000, 600),
            _ration("SEARCHES", "Searches in lists", 120, 1200, 60),
            _numbers(
                "RATION_LOGINS",
                "Failed log-ins: so many from one address (of IPv6, one network /64), so many at "
                "one account, within so many seconds",
                "10,20,60",
            ),
            _ration("CODES", "Wrong codes of a second factor", 10, 0, 3600),
            _numbers(
                "RATION_PASSWORDS",
                "Wrong passwords of shared videos: so many of one video from one address (of IPv6, "
                "one network /64), so many of one video, within so many seconds",
                "10,100,600",
            ),
            _numbers(
                "RATION_MAILS",
                "Mails: so many to one recipient, further ones are not sent; so many to everybody, "
                "further ones wait; within so many seconds",
                "20,2000,3600",
            ),
            _numbers(
                "RATION_REPORTS",
                "Reports on shared videos: so many from one network (/24, of IPv6 /48), so many of "
                "everybody, within so many seconds",
                "5,200,3600",
            ),
        ),
    ),
    Group(
        "Processes (read by the Procfile)",
        (
            Variable(
                "HOST", "Address that the site is served at: 0.0.0.0 for all", default="127.0.0.1"
            ),
            Variable(
                "PORT", "Port of that address", Kind.INTEGER, "8000", minimum=1, maximum=65535
            ),
            _count("WEB_PROCESSES", "Processes that serve pages", "2"),
            _count("WEB_THREADS", "Threads in each of them: a viewer holds a thread", "32"),
            _count("RENDER_CONCURRENCY", "Videos that a renderer makes at a time", "1"),
            _count(
                "RENDER_PROCESSES",
                "Processes that draw each of them; 0 is one for each core, up to 16, as far as "
                "there is memory",
                "0",
                minimum=0,
            ),
            _count(
                "WORK_CONCURRENCY",
                "Errands at a time (vendors, clean-up); half of them may fetch songs, and half of "
                "those for one person",
                "8",
            ),
            _count(
                "WORK_LEASE_SECONDS",
                "Seconds after which a silent worker's video goes to another",
                "15",
            ),
            _flag("TEMPLATE_CACHE", "false reads every template anew, as make dev does", "true"),
            Variable("ACCESS_LOG", "Write an access log: - for standard output", example="-"),
        ),
    ),
)

VARIABLES: Mapping[str, Variable] = {
    variable.name: variable for group in GROUPS for variable in group.variables
}
