"""Settings of Suno Portal: everything comes from the environment, with safe defaults.

``variables.py`` declares every variable, and ``docs/settings.md`` explains them.
"""

import os
from email.utils import formataddr
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from suno_portal.development import development_secret_key, is_command
from suno_portal.environment import (
    Environment,
    as_misconfiguration,
    make_private_folder,
    read_env_file,
    undeclared_in,
)
from suno_portal.error_reports import start_error_reports
from suno_portal.old_names import read_old_names
from suno_portal.site_url import ascii_host, host_of, mail_domain, normalise_url
from videos import vendors

BASE_DIR = Path(__file__).resolve().parent.parent

read_env_file(BASE_DIR / ".env")
read_old_names(os.environ)
env = Environment()
env.check()
UNDECLARED_VARIABLES = undeclared_in(BASE_DIR / ".env")

# What the installation is
DEBUG = env.flag("DEBUG")
DATA_DIR = env.folder("DATA_DIR", default=BASE_DIR / "var")
SITE_NAME = env.text("SITE_NAME")
SITE_URL = env.text("SITE_URL") or f"http://127.0.0.1:{env.integer('PORT')}"
SITE_URL = normalise_url(SITE_URL.rstrip("/"))

SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_IS_SET = bool(SECRET_KEY)
if not SECRET_KEY:
    _key_file = DATA_DIR / "secret_key"
    if DEBUG or (is_command() and _key_file.exists()):
        with as_misconfiguration("The key of this machine cannot be read; set SECRET_KEY"):
            SECRET_KEY = development_secret_key(_key_file)
    else:
        raise ImproperlyConfigured("Set SECRET_KEY (or DEBUG=true on a development machine).")

SECRET_KEY_FALLBACKS = env.items("SECRET_KEY_FALLBACKS")

# An empty variable is as good as none
_hosts = env.items("ALLOWED_HOSTS") or [host_of(SITE_URL)]
ALLOWED_HOSTS = [ascii_host(host) for host in _hosts]
if DEBUG:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
_origins = env.items("CSRF_TRUSTED_ORIGINS") or [SITE_URL]
CSRF_TRUSTED_ORIGINS = [normalise_url(origin) for origin in _origins]

# Transport security: on unless this is a development machine
_https = not DEBUG and env.flag("SECURE")
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https and env.flag("HSTS_SUBDOMAINS")
SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_ENGINE = "suno_portal.backends.sessions"
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "videos.views.errors.csrf_failure"
BEHIND_PROXY = env.flag("BEHIND_PROXY")
PROXY_COUNT = env.integer("PROXY_COUNT")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = PROXY_COUNT

SECURITY_CONTACT = env.text("SECURITY_CONTACT")

# Pages of the operator that every footer links, as far as there are any
TERMS_URL = env.url("TERMS_URL")
PRIVACY_URL = env.url("PRIVACY_URL")
COPYRIGHT_URL = env.url("COPYRIGHT_URL")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "videos",
]

MIDDLEWARE = [
    "videos.middleware.request_ids.RequestMiddleware",
    "videos.middleware.responses.HeadMiddleware",
    "videos.middleware.responses.CompressionMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Styles, scripts and fonts obey no policy of their own: its header would be half of a script
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "videos.middleware.shortcuts.ApiMiddleware",
    "videos.middleware.shortcuts.PollMiddleware",
    "videos.middleware.shortcuts.VisitorPageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "videos.middleware.responses.CacheControlMiddleware",
    "videos.middleware.shortcuts.HealthCheckMiddleware",
    # Pages begin here: what is answered before is cheap, or has rations of its own
    "videos.middleware.refusals.PageBudgetMiddleware",
    "videos.middleware.responses.IndexingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Who a request is from, before anything of a form is read
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "videos.middleware.responses.LanguageMiddleware",
    "videos.middleware.sessions.LoginMiddleware",
    "videos.middleware.refusals.BodyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "videos.middleware.sessions.SessionRenewalMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "videos.middleware.sessions.HtmxLoginMiddleware",
    "videos.middleware.refusals.NotFoundMiddleware",
    "videos.middleware.refusals.RationMiddleware",
]

ROOT_URLCONF = "suno_portal.urls"
WSGI_APPLICATION = "suno_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "videos.site.site_context",
            ],
        },
    },
]

VISITOR_PAGE_SECONDS = 10  # of share pages in the memory of a process
if not env.flag("TEMPLATE_CACHE"):
    VISITOR_PAGE_SECONDS = 0
    _loaders = ("filesystem", "app_directories")
    TEMPLATES[0]["APP_DIRS"] = False
    TEMPLATES[0]["OPTIONS"]["loaders"] = [
        f"django.template.loaders.{each}.Loader" for each in _loaders
    ]

# Nothing inline and nothing from other sites, also in the admin
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# Database: with WAL and IMMEDIATE, SQLite's writers wait for each other instead of failing
DATABASES = {
    "default": environ.Env.db_url_config(
        env.url("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'portal.sqlite3'}"
    )
}
_database = DATABASES["default"]
# Each errand holds a connection for as long as it runs, and two are for what happens beside
DATABASE_POOL_SIZE = max(env.integer("DATABASE_POOL_SIZE"), env.integer("WORK_CONCURRENCY") + 2)
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # Closing the last connection writes the whole log back, so each thread keeps one open
    _database["CONN_MAX_AGE"] = 60
else:
    # Whoever finds no connection waits so many seconds; a page then answers 503
    _database["OPTIONS"] = {
        # A server that a cut cable hides is given up: Linux would wait for a quarter of an hour
        "connect_timeout": 10,
        "tcp_user_timeout": 10_000,  # milliseconds
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 2,
        **_database.get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": DATABASE_POOL_SIZE, "timeout": 10},
    }
if _database["ENGINE"] == "django.db.backends.postgresql":
    _database["ENGINE"] = "suno_portal.backends.postgres"

CACHES = {
    "default": environ.Env.cache_url_config(env.url("CACHE_URL") or "dbcache://cache"),
}
if CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache":
    # Django's default, 300, would soon delete the counters of sign-ups and resets
    CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 100_000)
elif CACHES["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
    CACHES["default"]["BACKEND"] = "suno_portal.backends.cache.FailOpenRedisCache"
    _timeouts = {"socket_connect_timeout": 2, "socket_timeout": 2}  # seconds
    CACHES["default"]["OPTIONS"] = {**_timeouts, **CACHES["default"].get("OPTIONS", {})}

# Accounts
AUTH_USER_MODEL = "videos.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "videos:library"
SIGNUP = env.choice("SIGNUP")
INVITATION_DAYS = env.integer("INVITATION_DAYS")
ACCOUNT_ADAPTER = "videos.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "videos.forms.sign_up.SignUpForm",
    "reset_password": "videos.forms.sign_up.ResetRequestForm",
    "reset_password_from_key": "videos.forms.sign_up.ResetForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that signed up
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = env.integer("REAUTHENTICATION_MINUTES") * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "videos:home"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_RATE_LIMITS = {
    # Ours are exact with several processes: RATION_LOGINS, and RATION_CODES for second factors
    "login_failed": None,
    # More than one: a stranger who enters an address must not hold up the mails of its owner
    "confirm_email": "5/5m/key",
}
ACCOUNT_USER_DISPLAY = "videos.accounts.adapter.display_name"
MFA_ADAPTER = "videos.accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "videos.forms.second_factor.CodeForm",
    "reauthenticate": "videos.forms.second_factor.CodeAgainForm",
}
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # codes of 30 seconds: the clocks of telephones are not exact
MFA_ALLOW_UNVERIFIED_EMAIL = True  # whoever proves the address takes the factor away
STAFF_SECOND_FACTOR = env.flag("STAFF_SECOND_FACTOR")
EXPORT_RETENTION_DAYS = env.integer("EXPORT_RETENTION_DAYS")
MAX_EXPORTS_PER_DAY = env.integer("MAX_EXPORTS_PER_DAY")
_mail = environ.Env.email_url_config(env.url("EMAIL_URL") or "consolemail://")
if _mail["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    _mail["EMAIL_BACKEND"] = "suno_portal.backends.mail.QueuedEmailBackend"
vars().update(_mail)
CAN_SEND_MAIL = _mail["EMAIL_BACKEND"] == "suno_portal.backends.mail.QueuedEmailBackend"
ACCOUNT_EMAIL_VERIFICATION = env.choice("EMAIL_VERIFICATION")
if ACCOUNT_EMAIL_VERIFICATION == "automatic":
    ACCOUNT_EMAIL_VERIFICATION = "mandatory" if CAN_SEND_MAIL else "optional"
# Minutes to wait before each further attempt; the last repeats until the mail is a day old
MAIL_RETRY_MINUTES = env.numbers("MAIL_RETRY_MINUTES")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL") or formataddr(
    (SITE_NAME, f"noreply@{mail_domain(host_of(SITE_URL))}")
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Languages and time: only languages with a complete catalogue, so that pages are not mixed
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("zh-hans", "简体中文")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600  # seconds
LANGUAGE_COOKIE_SECURE = _https
LANGUAGE_COOKIE_HTTPONLY = True
LOCALE_PATHS = [BASE_DIR / "videos" / "locale"]
TIME_ZONE = env.time_zone("TIME_ZONE")
USE_TZ = True

# Static files and media
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "suno_portal.backends.storage.TidyFileSystemStorage"},
    "staticfiles": {
        "BACKEND": "suno_portal.backends.static_files.ManifestStorage"
        if DEBUG
        else "suno_portal.backends.static_files.CompressedManifestStorage"
    },
}
S3_BUCKET = env.text("S3_BUCKET")
if S3_BUCKET:
    _endpoint = env.url("S3_ENDPOINT_URL")
    STORAGES["default"] = {
        "BACKEND": "suno_portal.backends.s3.BoundedS3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": _endpoint,
            "region_name": env.text("S3_REGION"),
            "access_key": env.text("S3_ACCESS_KEY"),
            "secret_key": env.text("S3_SECRET_KEY"),
            "addressing_style": "path",
            "signature_version": "s3v4",
            "default_acl": None,
            "file_overwrite": False,
            "querystring_expire": 6 * 3600,  # seconds: a page may be open for an evening
        },
    }
    # Our views redirect permitted browsers to the bucket
    for _directive in ("img-src", "media-src"):
        CONTENT_SECURITY_POLICY["DIRECTIVES"][_directive].append(_endpoint)
FILE_UPLOAD_HANDLERS = ["suno_portal.backends.upload_handler.BoundedUploadHandler"]
# nginx, in the group of the service, reads the media and nothing else
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "uploads"
make_private_folder(FILE_UPLOAD_TEMP_DIR)
SCRATCH_DIR = DATA_DIR / "scratch"
MEDIA_ACCEL_PREFIX = env.text("MEDIA_ACCEL_PREFIX")

# Limits of uploads
MAX_AUDIO_BYTES = env.integer("MAX_AUDIO_MB") * 1024 * 1024
MAX_AUDIO_SECONDS = env.integer("MAX_AUDIO_MINUTES") * 60
MAX_COVER_BYTES = env.integer("MAX_COVER_MB") * 1024 * 1024
MAX_BACKDROP_BYTES = env.integer("MAX_BACKDROP_MB") * 1024 * 1024
MAX_LYRICS_BYTES = 1024 * 1024
ANALYSIS_CACHE_DIR = DATA_DIR / "analysis_cache"
ANALYSIS_CACHE_BYTES = env.integer("ANALYSIS_CACHE_MB") * 1024 * 1024
# Of one form; more than twelve pictures are refused by the form, which says how many it takes
DATA_UPLOAD_MAX_NUMBER_FILES = 32
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * MAX_LYRICS_BYTES

# Quotas of one person; 0 is without limit
MAX_UNFINISHED_VIDEOS = env.integer("MAX_UNFINISHED_VIDEOS")
MAX_STORAGE_BYTES = env.integer("MAX_STORAGE_MB") * 1024 * 1024
# Days that the API's addresses of a film work; 0 is for as long as the video exists
RETENTION_DAYS = env.integer("RETENTION_DAYS")

# Seconds of processor time a minute; 0 is without limit
PAGE_BUDGET = env.integer("PAGE_BUDGET")
# Rations of what is costly: times a person, times everybody, seconds
RATION_UPLOADS = env.ration("RATION_UPLOADS")
RATION_UPLOAD_STARTS = env.ration("RATION_UPLOAD_STARTS")
RATION_FILE_TAGS = env.ration("RATION_FILE_TAGS")
RATION_PREVIEWS = env.ration("RATION_PREVIEWS")
RATION_MOVING_PREVIEWS = env.ration("RATION_MOVING_PREVIEWS")
RATION_LOOKUPS = env.ration("RATION_LOOKUPS")
RATION_FETCHES = env.ration("RATION_FETCHES")
RATION_SEARCHES = env.ration("RATION_SEARCHES")
RATION_LOGINS = env.ration("RATION_LOGINS")  # times an address, times an account, seconds
RATION_CODES = env.ration("RATION_CODES")
RATION_PASSWORDS = env.ration("RATION_PASSWORDS")  # times an address, times a video, seconds
RATION_MAILS = env.ration("RATION_MAILS")
RATION_REPORTS = env.ration("RATION_REPORTS")  # times a network, times everybody, seconds
REPORT_THRESHOLD = env.integer("REPORT_THRESHOLD")
MAX_PREVIEW_FILM_BYTES = env.integer("MAX_PREVIEW_FILM_MB") * 1024 * 1024

# Vendors: one without a key is not offered
VENDORS = {
    facts.key: {
        "api_key": env.text(facts.variables["api_key"]),
        "base_url": env.text(facts.variables["base_url"]),
    }
    for facts in vendors.VENDORS.values()
}
for _facts in vendors.VENDORS.values():
    if _facts.signs_callbacks:
        _key = env.text(_facts.variables["callback_key"])
        VENDORS[_facts.key]["callback_key"] = _key
# Allowlist: the only hosts of our own network, as host:port, that requests of others may reach
ALLOWED_PRIVATE_HOSTS = env.items("ALLOWED_PRIVATE_HOSTS")
MAX_FILM_BYTES = env.integer("MAX_FILM_MB") * 1024 * 1024

# Jobs: a row is due, claimed for a lease, and the lease is renewed while it is worked on
WORK_CONCURRENCY = env.integer("WORK_CONCURRENCY")
WORK_LEASE_SECONDS = env.integer("WORK_LEASE_SECONDS")
WORK_MAX_CRASHED_CLAIMS = 3
WEB_PROCESSES = env.integer("WEB_PROCESSES")
RENDER_CONCURRENCY = env.integer("RENDER_CONCURRENCY")
RENDER_PROCESSES = env.integer("RENDER_PROCESSES")

# Webhooks to the clients of our API
ALLOW_HTTP_WEBHOOKS = env.flag("ALLOW_HTTP_WEBHOOKS")
WEBHOOK_TIMEOUT_SECONDS = env.number("WEBHOOK_TIMEOUT_SECONDS")
WEBHOOK_RETRY_MINUTES = env.numbers("WEBHOOK_RETRY_MINUTES")
WEBHOOK_RETENTION_DAYS = env.integer("WEBHOOK_RETENTION_DAYS")

# Celery: a message only says "look at this row", so results and lost messages do not matter
_queue_dir = DATA_DIR / "queue"
CELERY_BROKER_URL = env.url("CELERY_BROKER_URL") or "filesystem://localhost"
if CELERY_BROKER_URL.startswith("filesystem:"):
    make_private_folder(_queue_dir)
    make_private_folder(_queue_dir / "control")
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue_dir),
        "data_folder_out": str(_queue_dir),
        "control_folder": str(_queue_dir / "control"),
        "polling_interval": 0.2,
    }
elif CELERY_BROKER_URL.startswith("redis"):
    # Workers ask every second, so a Redis that is silent for longer is away
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 2}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "work"
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "celery.beat.Scheduler"
CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "videos.tasks.tick", "schedule": 2.0, "options": {"expires": 2.0}},
    "tidy": {"task": "videos.tasks.tidy", "schedule": 60.0, "options": {"expires": 60.0}},
}

# What operators see: logs, metrics, errors
METRICS_TOKEN = env.text("METRICS_TOKEN")
METRICS_ADDRESSES = env.networks("METRICS_ADDRESSES")
ADMINS = [("", address) for address in env.items("ADMINS")]
SENTRY_DSN = env.url("SENTRY_DSN")
if SENTRY_DSN:
    start_error_reports(SENTRY_DSN)
LOG_FORMAT = env.choice("LOG_FORMAT")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "console": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        "json": {"()": "videos.logs.JsonLines"},
    },
    "filters": {
        "masked": {"()": "videos.logs.MaskedTokens"},
        "not_refused": {"()": "videos.logs.NotRefused"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["masked"],
        },
        "mails": {
            "class": "videos.monitoring.error_mails.ErrorMails",
            "level": "ERROR",
            "filters": ["masked"],
        },
    },
    "root": {
        "handlers": ["console", "mails"] if ADMINS and not SENTRY_DSN else ["console"],
        "level": env.choice("LOG_LEVEL"),
    },
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.request": {"filters": ["not_refused"]},
        # A line for each message would be a useless one every second
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.request": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
    },
}
