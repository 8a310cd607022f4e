"""Django system checks that find a misconfigured installation."""

from videos.checks.database import check_connections
from videos.checks.machine import (
    check_data_dir,
    check_media_is_reachable,
    check_platform,
    check_sandbox,
)
from videos.checks.people import check_accounts, check_mail
from videos.checks.server import check_names_of_variables, check_s3, check_server
from videos.checks.site import check_hosts, check_proxies, check_site_url
from videos.checks.vendors import check_private_hosts, check_vendors

__all__ = [
    "check_accounts",
    "check_connections",
    "check_data_dir",
    "check_hosts",
    "check_mail",
    "check_media_is_reachable",
    "check_names_of_variables",
    "check_platform",
    "check_private_hosts",
    "check_proxies",
    "check_s3",
    "check_sandbox",
    "check_server",
    "check_site_url",
    "check_vendors",
]
